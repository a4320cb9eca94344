//! The exports of an instance by name, and its functions by number.
//!
//! The table is made once and never changes, so a look-up never waits.

use crate::messages::{self, Thing};
use crate::status::Failure;
use crate::types;
use crate::values;
use std::collections::BTreeMap;
use wasmi::{Extern, Func, FuncType, Global, GlobalType, Instance, Memory, Store, Val};

pub(crate) struct ExportsTable {
    functions: Vec<Function>,
    /// Exports, and imports as "module.name" unless an export has that name.
    items: BTreeMap<String, Item>,
}

pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) func: Func,
    pub(crate) ty: FuncType,
}

#[derive(Clone, Copy)]
enum Item {
    Function(u32),
    Memory(Memory),
    Global(Global, GlobalType),
    Table,
}

impl ExportsTable {
    /// `imports` have their names already; the export `hidden` was added by this core.
    pub(crate) fn new<T>(
        store: &Store<T>,
        instance: Instance,
        imports: Vec<(String, Extern)>,
        hidden: Option<&str>,
    ) -> Self {
        let mut names = ExportsTable {
            functions: Vec::new(),
            items: BTreeMap::new(),
        };
        for (name, external) in imports {
            // Imported functions belong to the host; they cannot be called by name.
            if !matches!(external, Extern::Func(_)) {
                names.add(store, name, external);
            }
        }
        for export in instance.exports(store) {
            if Some(export.name()) != hidden {
                names.add(store, export.name().to_owned(), export.into_extern());
            }
        }
        names
    }

    fn add<T>(&mut self, store: &Store<T>, name: String, external: Extern) {
        let item = match external {
            Extern::Memory(memory) => Item::Memory(memory),
            Extern::Global(global) => Item::Global(global, global.ty(store)),
            Extern::Table(_) => Item::Table,
            Extern::Func(func) => {
                let ty = func.ty(store);
                let name = name.clone();
                self.functions.push(Function { name, func, ty });
                // The parser limits the number of exports to a million.
                Item::Function(self.functions.len() as u32 - 1)
            }
        };
        self.items.insert(name, item);
    }

    /// The number and the type of an exported function with number types.
    pub(crate) fn find_function(&self, name: &str) -> Result<(u32, String), Failure> {
        let Some(Item::Function(number)) = self.items.get(name).copied() else {
            return Err(self.unknown(Thing::Function, name));
        };
        let ty = &self.functions[number as usize].ty;
        let text = types::function(ty);
        match values::all_numbers(ty) {
            true => Ok((number, text)),
            false => Err(messages::not_callable(name, &text)),
        }
    }

    pub(crate) fn function(&self, number: u32) -> Result<&Function, Failure> {
        let function = self.functions.get(number as usize);
        function
            .filter(|function| values::all_numbers(&function.ty))
            .ok_or_else(|| messages::not_a_function(number))
    }

    pub(crate) fn memory(&self, name: &str) -> Result<Memory, Failure> {
        match self.items.get(name) {
            Some(Item::Memory(memory)) => Ok(*memory),
            _ => Err(self.unknown(Thing::Memory, name)),
        }
    }

    /// A global with a number type.
    pub(crate) fn global(&self, name: &str) -> Result<(Global, GlobalType), Failure> {
        match self.items.get(name) {
            Some(Item::Global(global, ty)) if values::is_number(ty.content()) => Ok((*global, *ty)),
            Some(Item::Global(_, ty)) => {
                Err(messages::not_a_number(name, &types::wasmi_global(ty)))
            }
            _ => Err(self.unknown(Thing::Global, name)),
        }
    }

    fn unknown(&self, wanted: Thing, name: &str) -> Failure {
        let other = self.items.get(name).map(|item| item.thing());
        let same = self.items.iter().filter(|(_, item)| item.thing() == wanted);
        messages::unknown_name(
            wanted,
            name,
            other,
            same.map(|(name, item)| (name, self.ty(item))),
        )
    }

    fn ty(&self, item: &Item) -> String {
        match item {
            Item::Function(number) => types::function(&self.functions[*number as usize].ty),
            Item::Global(_, ty) => types::wasmi_global(ty),
            Item::Memory(_) | Item::Table => String::new(),
        }
    }
}

impl Item {
    fn thing(self) -> Thing {
        match self {
            Item::Function(_) => Thing::Function,
            Item::Memory(_) => Thing::Memory,
            Item::Global(..) => Thing::Global,
            Item::Table => Thing::Table,
        }
    }
}

impl Function {
    pub(crate) fn check_counts(&self, args: usize, results: usize) -> Result<(), Failure> {
        let expected = (self.ty.params().len(), self.ty.results().len());
        match expected == (args, results) {
            true => Ok(()),
            false => {
                let ty = types::function(&self.ty);
                Err(messages::wrong_counts(
                    &self.name,
                    &ty,
                    expected,
                    (args, results),
                ))
            }
        }
    }

    /// Stores the arguments and room for the results in `values`, and checks their counts.
    pub(crate) fn fill(&self, args: impl Iterator<Item = u64>, values: &mut Vec<Val>) {
        values.clear();
        let params = self.ty.params().iter().zip(args);
        let params = params.map(|(ty, slot)| {
            values::from_slot(*ty, slot).expect("a function with a number has numbers only")
        });
        values.extend(params);
        values.extend(self.ty.results().iter().map(|ty| Val::default_for_ty(*ty)));
    }
}
