//! Handles: opaque numbers that tell a closed object from a live one and from nonsense.
//!
//! A handle is a slot's generation in the high and the slot's number plus one in the low 32 bits.
//! Generations start at 1 and go up with every reuse, so an old handle never names a new object.

use crate::messages;
use crate::status::Failure;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(crate) struct Handles<T> {
    table: Mutex<Table<T>>,
}

struct Table<T> {
    slots: Vec<Slot<T>>,
    free: Vec<u32>,
}

struct Slot<T> {
    /// Of the object that is here, or was here last.
    generation: u32,
    object: Option<Arc<T>>,
}

impl<T> Handles<T> {
    pub(crate) const fn new() -> Self {
        Handles {
            table: Mutex::new(Table {
                slots: Vec::new(),
                free: Vec::new(),
            }),
        }
    }

    pub(crate) fn insert(&self, object: T) -> u64 {
        let object = Some(Arc::new(object));
        let mut table = self.lock();
        let index = match table.free.pop() {
            Some(index) => {
                let slot = &mut table.slots[index as usize];
                slot.generation += 1; // remove() keeps slots with the last generation off the list
                slot.object = object;
                index
            }
            None => {
                table.slots.push(Slot {
                    generation: 1,
                    object,
                });
                u32::try_from(table.slots.len() - 1).expect("more than 2^32 instances")
            }
        };
        let generation = table.slots[index as usize].generation;
        (u64::from(generation) << 32) | (u64::from(index) + 1)
    }

    pub(crate) fn get(&self, handle: u64) -> Result<Arc<T>, Failure> {
        let mut table = self.lock();
        let slot = table.slot(handle)?;
        slot.and_then(|slot| slot.object.clone())
            .ok_or_else(messages::closed)
    }

    /// Takes the object out: None if it was closed before. The caller drops it, outside the lock.
    pub(crate) fn remove(&self, handle: u64) -> Result<Option<Arc<T>>, Failure> {
        let mut table = self.lock();
        let Some(slot) = table.slot(handle)? else {
            return Ok(None);
        };
        let object = slot.object.take();
        if object.is_some() && slot.generation < u32::MAX {
            table.free.push(low(handle) - 1);
        }
        Ok(object)
    }

    pub(crate) fn live(&self) -> i64 {
        let table = self.lock();
        table.slots.iter().filter(|s| s.object.is_some()).count() as i64
    }

    /// A panic cannot leave the table half-changed: nothing under this lock calls foreign code.
    fn lock(&self) -> MutexGuard<'_, Table<T>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Table<T> {
    /// The slot of this very handle; None if the handle is an older one of the slot.
    fn slot(&mut self, handle: u64) -> Result<Option<&mut Slot<T>>, Failure> {
        let generation = (handle >> 32) as u32;
        let index = low(handle).checked_sub(1);
        let slot = index.and_then(|index| self.slots.get_mut(index as usize));
        match slot {
            Some(slot) if generation == slot.generation => Ok(Some(slot)),
            Some(slot) if (1..slot.generation).contains(&generation) => Ok(None),
            _ => Err(messages::not_a_handle(handle)),
        }
    }
}

fn low(handle: u64) -> u32 {
    (handle & u64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status::{SWR_CLOSED, SWR_INVALID_ARGUMENT};

    #[test]
    fn an_old_handle_never_names_a_new_object() {
        let handles = Handles::new();
        let first = handles.insert("first");
        assert!(handles.remove(first).unwrap().is_some());
        let second = handles.insert("second");
        assert_eq!(low(first), low(second), "the slot is reused");
        assert_ne!(first, second);
        assert_eq!(handles.get(first).unwrap_err().status, SWR_CLOSED);
        assert_eq!(*handles.get(second).unwrap(), "second");
        assert!(handles.remove(first).unwrap().is_none(), "closing twice");
        assert_eq!(handles.live(), 1);
    }

    #[test]
    fn numbers_never_handed_out_are_refused() {
        let handles = Handles::new();
        let handle = handles.insert(());
        for wrong in [0, 1, 1 << 32, handle + 1, handle + (1 << 32), u64::MAX] {
            assert_eq!(
                handles.get(wrong).unwrap_err().status,
                SWR_INVALID_ARGUMENT,
                "{wrong:#x}"
            );
            assert!(handles.remove(wrong).is_err(), "{wrong:#x}");
        }
    }

    #[test]
    fn a_slot_is_retired_when_its_generations_are_used_up() {
        let handles = Handles::new();
        let first = handles.insert(());
        handles.lock().slots[0].generation = u32::MAX;
        let last = (u64::from(u32::MAX) << 32) | 1;
        assert!(handles.remove(last).unwrap().is_some());
        let next = handles.insert(());
        assert_ne!(low(next), low(first));
        assert_eq!(handles.get(last).unwrap_err().status, SWR_CLOSED);
    }
}
