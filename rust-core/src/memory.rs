//! Access of the host to an instance's memories and globals.

use crate::call_state::StoreData;
use crate::host::ViewFn;
use crate::instance::Instance;
use crate::messages;
use crate::status::Failure;
use crate::types;
use crate::values;
use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::ops::Range;
use wasmi::{Memory, StoreContextMut};

impl Instance {
    /// In bytes.
    pub(crate) fn memory_size(&self, name: &str) -> Result<u64, Failure> {
        let memory = self.exports.memory(name)?;
        self.with_store(|store| Ok(memory.data_size(&store) as u64))
    }

    pub(crate) fn memory_read(
        &self,
        name: &str,
        offset: u64,
        out: &mut [MaybeUninit<u8>],
    ) -> Result<(), Failure> {
        let memory = self.exports.memory(name)?;
        self.with_store(|store| {
            let data = memory.data(&store);
            let source = &data[range(name, offset, out.len(), data.len())?];
            out.write_copy_of_slice(source);
            Ok(())
        })
    }

    pub(crate) fn memory_write(&self, name: &str, offset: u64, from: &[u8]) -> Result<(), Failure> {
        let memory = self.exports.memory(name)?;
        self.with_store(|mut store| {
            let data = memory.data_mut(&mut store);
            let range = range(name, offset, from.len(), data.len())?;
            data[range].copy_from_slice(from);
            Ok(())
        })
    }

    /// Returns the number of pages before.
    pub(crate) fn memory_grow(&self, name: &str, pages: u64) -> Result<u64, Failure> {
        let memory = self.exports.memory(name)?;
        self.with_store(|mut store| grow(&mut store, memory, name, pages))
    }

    /// # Safety
    /// `view` keeps the contract of `ViewFn`.
    pub(crate) unsafe fn memory_view(
        &self,
        name: &str,
        view: ViewFn,
        ctx: *mut c_void,
    ) -> Result<(), Failure> {
        let view = view.ok_or_else(|| messages::null_function("view"))?;
        let memory = self.exports.memory(name)?;
        self.with_store(|mut store| {
            let data = memory.data_mut(&mut store);
            // SAFETY: by contract; `data` is not used elsewhere until `with_store` ends.
            match unsafe { view(ctx, data.as_mut_ptr(), data.len()) } {
                0 => Ok(()),
                code => Err(messages::view_stopped(name, code)),
            }
        })
    }

    /// The value and the type.
    pub(crate) fn global_get(&self, name: &str) -> Result<(u64, String), Failure> {
        let (global, ty) = self.exports.global(name)?;
        let value = self.with_store(|store| Ok(global.get(&store)))?;
        let slot = values::to_slot(&value).expect("exports_table::global gives numbers only");
        Ok((slot, types::wasmi_global(&ty)))
    }

    pub(crate) fn global_set(&self, name: &str, slot: u64) -> Result<(), Failure> {
        let (global, ty) = self.exports.global(name)?;
        if ty.mutability().is_const() {
            return Err(messages::constant(name, &types::wasmi_global(&ty)));
        }
        let value = values::from_slot(ty.content(), slot);
        let value = value.expect("exports_table::global gives numbers only");
        self.with_store(|store| {
            let set = global.set(store, value);
            set.expect("the global is mutable, the value of its type");
            Ok(())
        })
    }
}

fn grow(
    store: &mut StoreContextMut<'_, StoreData>,
    memory: Memory,
    name: &str,
    pages: u64,
) -> Result<u64, Failure> {
    store.data_mut().budget.take_refusal(); // drops a refusal that the module itself caused
    memory.grow(&mut *store, pages).map_err(|_| {
        let refusal = store.data_mut().budget.take_refusal();
        refusal.unwrap_or_else(|| {
            let (ty, size) = (memory.ty(&*store), memory.size(&*store));
            // Without a declared maximum, the index type limits the size.
            let maximum = ty.maximum().or((!ty.is_64()).then_some(1 << 16));
            messages::memory_cannot_grow(name, &types::wasmi_memory(&ty), maximum, size, pages)
        })
    })
}

/// The range of `len` bytes from `offset` in a memory of `size` bytes.
fn range(name: &str, offset: u64, len: usize, size: usize) -> Result<Range<usize>, Failure> {
    let begin = usize::try_from(offset).ok();
    let end = begin.and_then(|begin| begin.checked_add(len));
    match (begin, end) {
        (Some(begin), Some(end)) if end <= size => Ok(begin..end),
        _ => Err(messages::out_of_bounds(name, offset, len, size)),
    }
}
