//! Validates function bodies and records which proposals each operator needs.

use crate::features::Needs;
use wasmparser::{
    BinaryReaderError, BlockType, BrTable, FuncToValidate, FuncValidatorAllocations, FunctionBody,
    HeapType, Ieee32, Ieee64, MemArg, Ordering, RefType, ResumeTable, TryTable, V128, ValType,
    ValidatorResources, VisitOperator, VisitSimdOperator, WasmFeatures,
};

type Checked = Result<(), BinaryReaderError>;

/// Validates one function. `wasm` is the whole module, which contains `body`.
pub(crate) fn validate(
    wasm: &[u8],
    function: FuncToValidate<ValidatorResources>,
    body: &FunctionBody,
    needs: &mut Needs,
    allocations: FuncValidatorAllocations,
) -> Result<FuncValidatorAllocations, BinaryReaderError> {
    let features = function.features;
    let mut validator = function.into_validator(allocations);
    let mut reader = body.get_binary_reader();
    for _ in 0..reader.read_var_u32()? {
        let at = reader.original_position();
        let count = reader.read_var_u32()?;
        let ty = reader.read()?;
        needs.value(ty);
        validator.define_locals(at, count, ty)?;
    }
    reader.set_features(features);
    while !reader.eof() {
        let at = reader.original_position();
        let mut noting = Noting {
            needs,
            wasm,
            at,
            inner: validator.simd_visitor(at),
        };
        reader.visit_operator(&mut noting)??;
    }
    validator.finish(reader.original_position())?;
    Ok(validator.into_allocations())
}

/// Records the needs of an operator, then passes it to the validator.
struct Noting<'n, 'w, V> {
    needs: &'n mut Needs,
    wasm: &'w [u8],
    /// Offset of the operator.
    at: usize,
    inner: V,
}

macro_rules! visits {
    ($(@$proposal:ident $op:ident $({ $($arg:ident: $ty:ty),* })? => $visit:ident $ann:tt)*) => {
        $(
            #[inline]
            fn $visit(&mut self $($(, $arg: $ty)*)?) -> Checked {
                proposal!(self $proposal);
                operator!(self $visit $($($arg)*)?);
                self.inner.$visit($($($arg),*)?)
            }
        )*
    };
}

/// The feature flag for wasmparser's name of a proposal.
macro_rules! proposal {
    ($self:ident mvp) => {};
    ($self:ident bulk_memory) => {
        $self.needs.add(WasmFeatures::BULK_MEMORY)
    };
    ($self:ident exceptions) => {
        $self.needs.add(WasmFeatures::EXCEPTIONS)
    };
    ($self:ident function_references) => {
        $self.needs.add(WasmFeatures::FUNCTION_REFERENCES)
    };
    ($self:ident gc) => {
        $self.needs.add(WasmFeatures::GC)
    };
    ($self:ident legacy_exceptions) => {
        $self.needs.add(WasmFeatures::LEGACY_EXCEPTIONS)
    };
    ($self:ident reference_types) => {
        $self.needs.add(WasmFeatures::REFERENCE_TYPES)
    };
    ($self:ident relaxed_simd) => {
        $self.needs.add(WasmFeatures::RELAXED_SIMD)
    };
    ($self:ident saturating_float_to_int) => {
        $self.needs.add(WasmFeatures::SATURATING_FLOAT_TO_INT)
    };
    ($self:ident sign_extension) => {
        $self.needs.add(WasmFeatures::SIGN_EXTENSION)
    };
    ($self:ident simd) => {
        $self.needs.add(WasmFeatures::SIMD)
    };
    ($self:ident tail_call) => {
        $self.needs.add(WasmFeatures::TAIL_CALL)
    };
    ($self:ident threads) => {
        $self.needs.add(WasmFeatures::THREADS)
    };
    ($self:ident wide_arithmetic) => {
        $self.needs.add(WasmFeatures::WIDE_ARITHMETIC)
    };
    // Not accepted, so the validator refuses the operator.
    ($self:ident memory_control) => {};
    ($self:ident shared_everything_threads) => {};
    ($self:ident stack_switching) => {};
}

/// Records needs beyond the operator's own proposal: types, and indices that the MVP writes as one zero byte.
macro_rules! operator {
    ($self:ident visit_call_indirect $ty:ident $table:ident) => { $self.table_index() };
    ($self:ident visit_memory_size $memory:ident) => { $self.memory_index() };
    ($self:ident visit_memory_grow $memory:ident) => { $self.memory_index() };
    ($self:ident visit_ref_null $ty:ident) => { $self.needs.null($ty) };
    ($self:ident $visit:ident $($arg:ident)*) => { $($arg.note($self.needs, $self.wasm, $self.at);)* };
}

impl<'a, V> VisitOperator<'a> for Noting<'_, '_, V>
where
    V: VisitSimdOperator<'a, Output = Checked>,
{
    type Output = Checked;

    fn simd_visitor(&mut self) -> Option<&mut dyn VisitSimdOperator<'a, Output = Checked>> {
        Some(self)
    }

    wasmparser::for_each_visit_operator!(visits);
}

impl<'a, V> VisitSimdOperator<'a> for Noting<'_, '_, V>
where
    V: VisitSimdOperator<'a, Output = Checked>,
{
    wasmparser::for_each_visit_simd_operator!(visits);
}

impl<V> Noting<'_, '_, V> {
    /// `call_indirect`: the MVP has a zero byte for the table; compilers also write the zero in several
    /// bytes.
    fn table_index(&mut self) {
        let (_, behind_type) = leb(&self.wasm[self.at + 1..]);
        if several_bytes(behind_type) {
            self.needs.overlong_call();
        }
    }

    /// `memory.size`, `memory.grow`: like `table_index`.
    fn memory_index(&mut self) {
        if several_bytes(&self.wasm[self.at + 1..]) {
            self.needs.add(WasmFeatures::MULTI_MEMORY);
        }
    }
}

/// An immediate argument of the operator that begins at `at`.
trait Argument {
    #[inline]
    fn note(&self, _needs: &mut Needs, _wasm: &[u8], _at: usize) {}
}

impl Argument for u8 {}
impl Argument for u32 {}
impl Argument for i32 {}
impl Argument for i64 {}
impl Argument for Ieee32 {}
impl Argument for Ieee64 {}
impl Argument for V128 {}
impl Argument for [u8; 16] {}
impl Argument for BrTable<'_> {}
impl Argument for Ordering {}
impl Argument for ResumeTable {}
// These types belong to operators of the gc proposal, which adds all of them.
impl Argument for HeapType {}
impl Argument for RefType {}

impl Argument for ValType {
    #[inline]
    fn note(&self, needs: &mut Needs, _wasm: &[u8], _at: usize) {
        needs.value(*self);
    }
}

impl Argument for BlockType {
    #[inline]
    fn note(&self, needs: &mut Needs, _wasm: &[u8], _at: usize) {
        match self {
            BlockType::Empty => {}
            BlockType::Type(ty) => needs.value(*ty),
            BlockType::FuncType(_) => needs.add(WasmFeatures::MULTI_VALUE),
        }
    }
}

impl Argument for TryTable {
    fn note(&self, needs: &mut Needs, wasm: &[u8], at: usize) {
        self.ty.note(needs, wasm, at);
    }
}

/// The bit of the flags for a memory index.
const MEMORY_INDEX: u8 = 1 << 6;
/// Maximum number of bytes of a u32.
const U32_BYTES: usize = 5;

impl Argument for MemArg {
    #[inline]
    fn note(&self, needs: &mut Needs, wasm: &[u8], at: usize) {
        // The common case: opcode, flags and offset have one byte each.
        if let [0..0xfc, 0..MEMORY_INDEX, 0..0x80, ..] = wasm[at..] {
            return;
        }
        note_encoding(needs, &wasm[at..]);
    }
}

/// `bytes` is the module from the start of an operator with a MemArg.
fn note_encoding(needs: &mut Needs, bytes: &[u8]) {
    let flags = match bytes[0] {
        0xfc.. => leb(&bytes[1..]).1,
        _ => &bytes[1..],
    };
    let (_, mut offset) = leb(flags);
    if flags[0] & MEMORY_INDEX != 0 {
        needs.add(WasmFeatures::MULTI_MEMORY);
        offset = leb(offset).1;
    }
    // More bytes than any u32 has: such a number, even a small one, is read as a u64.
    if several_bytes(offset) && leb(offset).0 > U32_BYTES {
        needs.add(WasmFeatures::MEMORY64);
    }
}

/// Length of the LEB128 number at the start of `bytes`, which is known to be valid, and the bytes after it.
#[inline]
fn leb(bytes: &[u8]) -> (usize, &[u8]) {
    let len = 1 + bytes.iter().take_while(|byte| **byte & 0x80 != 0).count();
    (len, &bytes[len..])
}

#[inline]
fn several_bytes(number: &[u8]) -> bool {
    number[0] & 0x80 != 0
}
