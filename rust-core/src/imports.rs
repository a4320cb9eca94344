//! The imports of a module: reads the caller's list, matches it with the module, and creates the values.

use crate::call_state::{CallState, StoreData};
use crate::messages;
use crate::parse_types;
use crate::records::Reader;
use crate::status::Failure;
use crate::types;
use crate::values;
use crate::wasi;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;
use wasmi::{Extern, ExternType, Global, ImportType, Memory, Module, Ref, Store, Table};

/// The import list of swr_instance_open.
pub(crate) struct Imports<'a> {
    given: Vec<Given>,
    places: BTreeMap<(&'a str, &'a str), usize>,
}

struct Given {
    ty: ExternType,
    /// The first value of a global.
    slot: u64,
}

impl<'a> Imports<'a> {
    pub(crate) fn read(record: &'a [u8]) -> Result<Self, Failure> {
        let mut reader = Reader::new("imports", record);
        let mut places = BTreeMap::new();
        if record.is_empty() {
            let given = Vec::new();
            return Ok(Imports { given, places });
        }
        let mut place = 0;
        let given = reader.list(|reader| {
            let (module, name) = (reader.text()?, reader.text()?);
            match places.entry((module, name)) {
                Entry::Vacant(entry) => entry.insert(place),
                Entry::Occupied(_) => return Err(messages::import_twice(module, name)),
            };
            place += 1;
            Given::read(reader, module, name)
        })?;
        reader.end()?;
        Ok(Imports { given, places })
    }

    fn list(&self) -> impl Iterator<Item = (String, String)> {
        self.places.iter().map(|((module, name), place)| {
            let ty = types::external(&self.given[*place].ty);
            (format!("{module}.{name}"), ty)
        })
    }
}

impl Given {
    fn read(reader: &mut Reader, module: &str, name: &str) -> Result<Self, Failure> {
        let kind = reader.u8()?;
        let text = reader.text()?;
        let ty = match kind {
            0 => parse_types::function(text).map(ExternType::Func),
            1 => parse_types::table(text).map(ExternType::Table),
            2 => parse_types::memory(text).map(ExternType::Memory),
            3 => parse_types::global(text).map(ExternType::Global),
            _ => return Err(messages::import_kind(module, name, kind)),
        };
        let ty = ty.ok_or_else(|| messages::import_type(module, name, kind, text))?;
        let slot = match ty {
            ExternType::Global(_) => reader.u64()?,
            _ => 0,
        };
        Ok(Given { ty, slot })
    }

    fn make(
        &self,
        store: &mut Store<StoreData>,
        call_state: &Arc<CallState>,
        place: usize,
        import: &ImportType,
    ) -> Result<Extern, wasmi::Error> {
        Ok(match &self.ty {
            ExternType::Func(ty) => {
                let name = full_name(import);
                // The count is a u32, so a list has at most 2^32 entries.
                let place = place as u32;
                Extern::Func(call_state.function(store, place, name, ty.clone()))
            }
            ExternType::Table(ty) => {
                Extern::Table(Table::new(store, *ty, Ref::null(ty.element()))?)
            }
            ExternType::Memory(ty) => Extern::Memory(Memory::new(store, *ty)?),
            ExternType::Global(ty) => {
                let value = values::from_slot(ty.content(), self.slot);
                let value = value.expect("parse_types::global gives numbers only");
                Extern::Global(Global::new(store, value, ty.mutability()))
            }
        })
    }
}

/// The imports of a new instance: one value per import of the module, and all values by name.
pub(crate) struct Resolved {
    pub(crate) externs: Vec<Extern>,
    pub(crate) named: Vec<(String, Extern)>,
}

/// One value for each import of the module, in its order. The caller's list has precedence over WASI.
pub(crate) fn resolve(
    store: &mut Store<StoreData>,
    module: &Module,
    imports: &Imports,
    call_state: &Arc<CallState>,
) -> Result<Resolved, ResolveError> {
    let mut made: Vec<Option<Extern>> = vec![None; imports.given.len()];
    let mut resolved = Resolved {
        externs: Vec::new(),
        named: Vec::new(),
    };
    let mut missing = Missing::default();
    for import in module.imports() {
        let (module, name) = (import.module(), import.name());
        let external = match imports.places.get(&(module, name)).copied() {
            Some(place) => {
                let given = &imports.given[place];
                if !satisfies(&given.ty, import.ty()) {
                    missing.add(&import, Some(&given.ty));
                    continue;
                }
                match made[place] {
                    Some(external) => external,
                    None => *made[place].insert(given.make(store, call_state, place, &import)?),
                }
            }
            None => match wasi_function(store, module, name) {
                Some(external) if satisfies(&external.ty(&*store), import.ty()) => external,
                provided => {
                    missing.add(&import, provided.map(|it| it.ty(&*store)).as_ref());
                    continue;
                }
            },
        };
        resolved.externs.push(external);
        resolved.named.push((full_name(&import), external));
    }
    missing.check(imports, store.data().wasi.is_some())?;
    Ok(resolved)
}

/// A function of WASI, if this instance has it.
fn wasi_function(store: &mut Store<StoreData>, module: &str, name: &str) -> Option<Extern> {
    let requested = module == messages::WASI_MODULE && store.data().wasi.is_some();
    let function = requested.then(|| wasi::function(store, name)).flatten();
    function.map(Extern::Func)
}

/// The reason why the imports could not be resolved: a failure of this core or an error of the interpreter.
pub(crate) enum ResolveError {
    Failure(Failure),
    Wasmi(wasmi::Error),
}

impl From<Failure> for ResolveError {
    fn from(failure: Failure) -> Self {
        ResolveError::Failure(failure)
    }
}

impl From<wasmi::Error> for ResolveError {
    fn from(error: wasmi::Error) -> Self {
        ResolveError::Wasmi(error)
    }
}

fn full_name(import: &ImportType) -> String {
    format!("{}.{}", import.module(), import.name())
}

/// The missing imports: the first one, and the number of the others.
#[derive(Default)]
struct Missing {
    first: Option<(String, String, Option<String>)>,
    wasi: bool,
    more: usize,
}

impl Missing {
    fn add(&mut self, import: &ImportType, given: Option<&ExternType>) {
        if self.first.is_some() {
            self.more += 1;
            return;
        }
        let given = given.map(types::external);
        self.wasi = import.module() == messages::WASI_MODULE;
        self.first = Some((full_name(import), types::external(import.ty()), given));
    }

    fn check(self, imports: &Imports, has_wasi: bool) -> Result<(), Failure> {
        let Some((name, wanted, given)) = self.first else {
            return Ok(());
        };
        Err(match given {
            Some(given) => messages::other_import_type(&name, &wanted, &given, self.more),
            None => {
                let ask_for_wasi = self.wasi && !has_wasi;
                messages::missing_import(&name, &wanted, self.more, ask_for_wasi, imports.list())
            }
        })
    }
}

/// Import matching of the WebAssembly core specification 2.0, 4.5.3 (external typing).
fn satisfies(given: &ExternType, wanted: &ExternType) -> bool {
    match (given, wanted) {
        (ExternType::Func(given), ExternType::Func(wanted)) => given == wanted,
        (ExternType::Global(given), ExternType::Global(wanted)) => given == wanted,
        (ExternType::Table(given), ExternType::Table(wanted)) => {
            given.element() == wanted.element()
                && given.is_64() == wanted.is_64()
                && within(
                    (given.minimum(), given.maximum()),
                    (wanted.minimum(), wanted.maximum()),
                )
        }
        (ExternType::Memory(given), ExternType::Memory(wanted)) => {
            given.is_64() == wanted.is_64()
                && within(
                    (given.minimum(), given.maximum()),
                    (wanted.minimum(), wanted.maximum()),
                )
        }
        _ => false,
    }
}

fn within(given: (u64, Option<u64>), wanted: (u64, Option<u64>)) -> bool {
    let below = match (given.1, wanted.1) {
        (_, None) => true,
        (Some(given), Some(wanted)) => given <= wanted,
        (None, Some(_)) => false,
    };
    given.0 >= wanted.0 && below
}
