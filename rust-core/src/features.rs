//! Collects the proposals beyond the WebAssembly MVP that a module needs, while it is validated.
//!
//! A proposal is needed if the module is invalid or unreadable without it. wasmparser's list of operators
//! names the proposal of each operator; this file adds sections, types and encodings.

use wasmparser::types::TypesRef;
use wasmparser::{
    AbstractHeapType, BinaryReaderError, CompositeInnerType, ConstExpr, DataKind, ElementItems,
    ElementKind, ExternalKind, HeapType, MemoryType, Operator, Payload, RecGroup, RefType,
    StorageType, SubType, TableInit, TableType, TypeRef, UnpackedIndex, ValType, WasmFeatures,
};

/// The features that validation accepts: WebAssembly 3.0, and proposals that compilers already use.
pub(crate) const ACCEPTED: WasmFeatures = WasmFeatures::WASM3
    .union(WasmFeatures::CUSTOM_PAGE_SIZES)
    .union(WasmFeatures::LEGACY_EXCEPTIONS)
    .union(WasmFeatures::WIDE_ARITHMETIC);

/// The names that toolchains write into the `target_features` section (WebAssembly tool conventions,
/// Linking.md), sorted.
const NAMES: [(&str, WasmFeatures); 19] = [
    ("atomics", WasmFeatures::THREADS),
    ("bulk-memory", WasmFeatures::BULK_MEMORY),
    ("custom-page-sizes", WasmFeatures::CUSTOM_PAGE_SIZES),
    ("exception-handling", WasmFeatures::EXCEPTIONS),
    ("extended-const", WasmFeatures::EXTENDED_CONST),
    ("function-references", WasmFeatures::FUNCTION_REFERENCES),
    ("gc", WasmFeatures::GC),
    ("legacy-exceptions", WasmFeatures::LEGACY_EXCEPTIONS),
    ("memory64", WasmFeatures::MEMORY64),
    ("multimemory", WasmFeatures::MULTI_MEMORY),
    ("multivalue", WasmFeatures::MULTI_VALUE),
    ("mutable-globals", WasmFeatures::MUTABLE_GLOBAL),
    ("nontrapping-fptoint", WasmFeatures::SATURATING_FLOAT_TO_INT),
    ("reference-types", WasmFeatures::REFERENCE_TYPES),
    ("relaxed-simd", WasmFeatures::RELAXED_SIMD),
    ("sign-ext", WasmFeatures::SIGN_EXTENSION),
    ("simd128", WasmFeatures::SIMD),
    ("tail-call", WasmFeatures::TAIL_CALL),
    ("wide-arithmetic", WasmFeatures::WIDE_ARITHMETIC),
];

/// A part of reference-types with a name of its own in toolchains: linkers write such numbers, and decoders
/// may support them without the rest of the proposal.
const OVERLONG_CALL: &str = "call-indirect-overlong";

/// The proposals found so far.
pub(crate) struct Needs {
    features: WasmFeatures,
    /// References to the module's own types: two proposals have them, and one is enough.
    own_references: bool,
    overlong_call: bool,
    imported_globals: u32,
    /// Number of types before the current recursion group.
    types: u32,
}

impl Needs {
    pub(crate) fn new() -> Self {
        Needs {
            features: WasmFeatures::empty(),
            own_references: false,
            overlong_call: false,
            imported_globals: 0,
            types: 0,
        }
    }

    #[inline]
    pub(crate) fn add(&mut self, features: WasmFeatures) {
        self.features |= features;
    }

    /// Records a `call_indirect` whose table index, 0, has several bytes.
    pub(crate) fn overlong_call(&mut self) {
        self.overlong_call = true;
    }

    /// The names, sorted.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        let needed = |entry: &&(&str, WasmFeatures)| self.features.contains(entry.1);
        let mut names: Vec<_> = NAMES.iter().filter(needed).map(|(name, _)| *name).collect();
        if self.overlong_call && !self.features.contains(WasmFeatures::REFERENCE_TYPES) {
            names.push(OVERLONG_CALL);
            names.sort_unstable();
        }
        names
    }

    /// Records the needs of a section that the validator has accepted.
    pub(crate) fn payload(
        &mut self,
        payload: &Payload,
        types: Option<TypesRef>,
    ) -> Result<(), BinaryReaderError> {
        match payload {
            Payload::TypeSection(section) => {
                for group in section.clone() {
                    self.group(&group?);
                }
            }
            Payload::ImportSection(section) => {
                for import in section.clone() {
                    self.import(import?.ty);
                }
            }
            Payload::TableSection(section) => {
                for table in section.clone() {
                    let table = table?;
                    self.table(&table.ty);
                    if let TableInit::Expr(init) = table.init {
                        self.add(WasmFeatures::FUNCTION_REFERENCES);
                        self.constant(&init)?;
                    }
                }
            }
            Payload::MemorySection(section) => {
                for memory in section.clone() {
                    self.memory(&memory?);
                }
            }
            Payload::TagSection(_) => self.add(WasmFeatures::EXCEPTIONS),
            Payload::GlobalSection(section) => {
                for global in section.clone() {
                    let global = global?;
                    self.value(global.ty.content_type);
                    self.constant(&global.init_expr)?;
                }
            }
            Payload::ExportSection(section) => {
                for export in section.clone() {
                    let export = export?;
                    if let (ExternalKind::Global, Some(types)) = (export.kind, types) {
                        self.shared_global(types.global_at(export.index).mutable);
                    }
                }
            }
            Payload::ElementSection(section) => {
                for element in section.clone() {
                    let element = element?;
                    self.element(element.kind, element.items)?;
                }
            }
            // The validator accepts both, but without the proposal this section and this kind of segment do
            // not exist.
            Payload::DataCountSection { .. } => self.add(WasmFeatures::BULK_MEMORY),
            Payload::DataSection(section) => {
                for data in section.clone() {
                    match data?.kind {
                        DataKind::Passive => self.add(WasmFeatures::BULK_MEMORY),
                        DataKind::Active { offset_expr, .. } => self.constant(&offset_expr)?,
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Records needs that only the whole module shows.
    pub(crate) fn finish(&mut self, types: TypesRef) {
        if types.memory_count() > 1 {
            self.add(WasmFeatures::MULTI_MEMORY);
        }
        if types.table_count() > 1 {
            self.add(WasmFeatures::REFERENCE_TYPES);
        }
        // "gc implies function references here" (wasmparser); without gc they belong to the older proposal.
        if self.own_references && !self.features.contains(WasmFeatures::GC) {
            self.add(WasmFeatures::FUNCTION_REFERENCES);
        }
    }

    fn group(&mut self, group: &RecGroup) {
        if group.is_explicit_rec_group() {
            self.add(WasmFeatures::GC);
        }
        for ty in group.types() {
            self.own_type(ty);
            self.types += 1;
        }
    }

    fn own_type(&mut self, ty: &SubType) {
        if !ty.is_final || ty.supertype_idx.is_some() {
            self.add(WasmFeatures::GC);
        }
        match &ty.composite_type.inner {
            CompositeInnerType::Func(ty) => {
                for value in ty.params().iter().chain(ty.results()) {
                    self.value(*value);
                }
                if ty.results().len() > 1 {
                    self.add(WasmFeatures::MULTI_VALUE);
                }
            }
            CompositeInnerType::Array(ty) => {
                self.add(WasmFeatures::GC);
                self.storage(ty.0.element_type);
            }
            CompositeInnerType::Struct(ty) => {
                self.add(WasmFeatures::GC);
                for field in &ty.fields {
                    self.storage(field.element_type);
                }
            }
            CompositeInnerType::Cont(_) => unreachable!("stack switching is not accepted"),
        }
    }

    fn storage(&mut self, ty: StorageType) {
        if let StorageType::Val(ty) = ty {
            self.value(ty);
        }
    }

    fn import(&mut self, ty: TypeRef) {
        match ty {
            TypeRef::Func(_) => {}
            TypeRef::Table(ty) => self.table(&ty),
            TypeRef::Memory(ty) => self.memory(&ty),
            TypeRef::Global(ty) => {
                self.imported_globals += 1;
                self.value(ty.content_type);
                self.shared_global(ty.mutable);
            }
            TypeRef::Tag(_) => self.add(WasmFeatures::EXCEPTIONS),
        }
    }

    /// Records an imported or exported global.
    fn shared_global(&mut self, mutable: bool) {
        if mutable {
            self.add(WasmFeatures::MUTABLE_GLOBAL);
        }
    }

    fn table(&mut self, ty: &TableType) {
        if ty.element_type != RefType::FUNCREF {
            self.reference(ty.element_type);
        }
        if ty.table64 {
            self.add(WasmFeatures::MEMORY64);
        }
    }

    fn memory(&mut self, ty: &MemoryType) {
        if ty.memory64 {
            self.add(WasmFeatures::MEMORY64);
        }
        if ty.shared {
            self.add(WasmFeatures::THREADS);
        }
        if ty.page_size_log2.is_some() {
            self.add(WasmFeatures::CUSTOM_PAGE_SIZES);
        }
    }

    fn element(&mut self, kind: ElementKind, items: ElementItems) -> Result<(), BinaryReaderError> {
        match kind {
            // The element segments of the MVP begin with the table's index; all other forms are newer.
            ElementKind::Active {
                table_index,
                offset_expr,
            } => {
                if table_index.is_some() {
                    self.add(WasmFeatures::BULK_MEMORY);
                }
                self.constant(&offset_expr)?;
            }
            ElementKind::Passive | ElementKind::Declared => self.add(WasmFeatures::BULK_MEMORY),
        }
        if let ElementItems::Expressions(ty, items) = items {
            self.reference(ty);
            for item in items {
                self.constant(&item?)?;
            }
        }
        Ok(())
    }

    /// The validator has checked that the operators are constant.
    fn constant(&mut self, expression: &ConstExpr) -> Result<(), BinaryReaderError> {
        for operator in expression.get_operators_reader() {
            match operator? {
                Operator::End
                | Operator::I32Const { .. }
                | Operator::I64Const { .. }
                | Operator::F32Const { .. }
                | Operator::F64Const { .. } => {}
                Operator::GlobalGet { global_index } => {
                    if global_index >= self.imported_globals {
                        self.add(WasmFeatures::GC);
                    }
                }
                Operator::V128Const { .. } => self.add(WasmFeatures::SIMD),
                Operator::RefFunc { .. } => self.add(WasmFeatures::REFERENCE_TYPES),
                Operator::RefNull { hty } => self.null(hty),
                Operator::I32Add
                | Operator::I32Sub
                | Operator::I32Mul
                | Operator::I64Add
                | Operator::I64Sub
                | Operator::I64Mul => self.add(WasmFeatures::EXTENDED_CONST),
                _ => self.add(WasmFeatures::GC), // creates an object; the other operators are not constant
            }
        }
        Ok(())
    }

    pub(crate) fn value(&mut self, ty: ValType) {
        match ty {
            ValType::I32 | ValType::I64 | ValType::F32 | ValType::F64 => {}
            ValType::V128 => self.add(WasmFeatures::SIMD),
            ValType::Ref(ty) => self.reference(ty),
        }
    }

    /// `ref.null` of this heap type.
    pub(crate) fn null(&mut self, ty: HeapType) {
        self.add(WasmFeatures::REFERENCE_TYPES);
        if let Some(ty) = RefType::new(true, ty) {
            self.reference(ty);
        }
    }

    fn reference(&mut self, ty: RefType) {
        use AbstractHeapType::*;
        self.add(WasmFeatures::REFERENCE_TYPES);
        match ty.heap_type() {
            HeapType::Concrete(UnpackedIndex::Module(index)) if index >= self.types => {
                self.add(WasmFeatures::GC); // only there may a type refer to itself
            }
            HeapType::Concrete(_) => self.own_references = true,
            HeapType::Abstract {
                ty: Func | Extern, ..
            } => {
                if !ty.is_nullable() {
                    self.add(WasmFeatures::FUNCTION_REFERENCES);
                }
            }
            HeapType::Abstract {
                ty: Exn | NoExn, ..
            } => self.add(WasmFeatures::EXCEPTIONS),
            HeapType::Abstract { .. } => self.add(WasmFeatures::GC),
        }
    }
}
