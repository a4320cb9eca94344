//! Handles: opaque numbers. A closed handle can be distinguished from an open one, and from a number that was
//! never a handle.
//!
//! A handle is a slot's generation in the high and the slot's number plus one in the low 32 bits. Generations
//! start at 1 and increase with every reuse, so an old handle never refers to a new object.

use crate::messages;
use crate::status::Failure;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(crate) struct Handles<T> {
    kind: Kind,
    table: Mutex<Table<T>>,
}

/// The kind of objects in a table of handles.
pub(crate) struct Kind {
    /// "the instance"
    pub(crate) object: &'static str,
    /// The name of the function that returns these handles.
    pub(crate) opener: &'static str,
    /// Set in every handle, so that kinds have different handles. It can only be the highest bit of the low
    /// half.
    pub(crate) tag: u32,
}

struct Table<T> {
    tag: u32,
    slots: Vec<Slot<T>>,
    free: Vec<u32>,
}

struct Slot<T> {
    /// The generation of the object in this slot, or of the last one.
    generation: u32,
    object: Option<Arc<T>>,
}

impl<T> Handles<T> {
    pub(crate) const fn new(kind: Kind) -> Self {
        Handles {
            table: Mutex::new(Table {
                tag: kind.tag,
                slots: Vec::new(),
                free: Vec::new(),
            }),
            kind,
        }
    }

    pub(crate) fn insert(&self, object: T) -> u64 {
        let object = Some(Arc::new(object));
        let mut table = self.lock();
        let index = match table.free.pop() {
            Some(index) => {
                let slot = &mut table.slots[index as usize];
                slot.generation += 1; // remove() does not put slots with the last generation on the free list
                slot.object = object;
                index
            }
            None => {
                table.slots.push(Slot {
                    generation: 1,
                    object,
                });
                // The highest bit belongs to the tag.
                let index = i32::try_from(table.slots.len() - 1).expect("more than 2^31 handles");
                index.cast_unsigned()
            }
        };
        let generation = table.slots[index as usize].generation;
        (u64::from(generation) << 32) | u64::from((index + 1) | table.tag)
    }

    pub(crate) fn get(&self, handle: u64) -> Result<Arc<T>, Failure> {
        let mut table = self.lock();
        let slot = table.slot(handle).ok_or_else(|| self.unknown(handle))?;
        slot.and_then(|slot| slot.object.clone())
            .ok_or_else(|| messages::closed(self.kind.object))
    }

    /// Removes the object; None if it was already closed. The caller drops it outside the lock.
    pub(crate) fn remove(&self, handle: u64) -> Result<Option<Arc<T>>, Failure> {
        let mut table = self.lock();
        let Some(slot) = table.slot(handle).ok_or_else(|| self.unknown(handle))? else {
            return Ok(None);
        };
        let object = slot.object.take();
        if object.is_some() && slot.generation < u32::MAX {
            let index = low(handle) ^ table.tag;
            table.free.push(index - 1);
        }
        Ok(object)
    }

    pub(crate) fn live(&self) -> i64 {
        let table = self.lock();
        table.slots.iter().filter(|s| s.object.is_some()).count() as i64
    }

    /// The kind of the objects, for error texts.
    pub(crate) fn object(&self) -> &'static str {
        self.kind.object
    }

    fn unknown(&self, handle: u64) -> Failure {
        messages::not_a_handle(handle, self.kind.opener)
    }

    /// A panic cannot leave the table half-changed, because no foreign code runs under this lock.
    fn lock(&self) -> MutexGuard<'_, Table<T>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Table<T> {
    /// The slot of this handle; Some(None) if the slot has a newer handle, None if this number was never a
    /// handle.
    fn slot(&mut self, handle: u64) -> Option<Option<&mut Slot<T>>> {
        let generation = (handle >> 32) as u32;
        // A wrong tag gives an index beyond all slots.
        let index = (low(handle) ^ self.tag).checked_sub(1)?;
        let slot = self.slots.get_mut(index as usize)?;
        match slot.generation {
            current if generation == current => Some(Some(slot)),
            current if (1..current).contains(&generation) => Some(None),
            _ => None,
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

    fn kind(tag: u32) -> Kind {
        Kind {
            object: "the thing",
            opener: "open",
            tag,
        }
    }

    #[test]
    fn an_old_handle_never_names_a_new_object() {
        let handles = Handles::new(kind(0));
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
        let handles = Handles::new(kind(0));
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
    fn handles_of_one_kind_are_none_of_another() {
        let (plain, tagged) = (Handles::new(kind(0)), Handles::new(kind(1 << 31)));
        let (one, other) = (plain.insert("plain"), tagged.insert("tagged"));
        assert_eq!(*tagged.get(other).unwrap(), "tagged");
        let text = plain.get(other).unwrap_err().message;
        assert_eq!(text, "0x180000001 is not a handle that open returned");
        assert_eq!(tagged.get(one).unwrap_err().status, SWR_INVALID_ARGUMENT);
        assert!(tagged.remove(other).unwrap().is_some());
        let text = tagged.get(other).unwrap_err().message;
        assert_eq!(text, "the thing is closed");
        assert_ne!(tagged.insert("again"), other);
    }

    #[test]
    fn a_slot_is_retired_when_its_generations_are_used_up() {
        let handles = Handles::new(kind(0));
        let first = handles.insert(());
        handles.lock().slots[0].generation = u32::MAX;
        let last = (u64::from(u32::MAX) << 32) | 1;
        assert!(handles.remove(last).unwrap().is_some());
        let next = handles.insert(());
        assert_ne!(low(next), low(first));
        assert_eq!(handles.get(last).unwrap_err().status, SWR_CLOSED);
    }
}
