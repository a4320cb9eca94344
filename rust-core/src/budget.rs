//! Counts the resources of an instance, and refuses growth beyond its [limits](crate::limits).

use crate::limits::{Limits, PAGE_BYTES};
use crate::memory_stats::Charge;
use crate::messages;
use crate::status::Failure;
use wasmi::errors::{MemoryError, TableError};
use wasmi_core::{LimiterError, RawRef};

/// Size of one table element in the interpreter, in bytes.
const TABLE_ELEMENT_BYTES: usize = size_of::<RawRef>();

/// Counts the memories and tables of one instance, each kind against its limit.
pub(crate) struct Budget {
    /// In bytes.
    memory: Share,
    /// In elements.
    tables: Share,
    charge: Charge,
    /// Bytes charged for the last growth that was allowed. They are released if the growth then fails for
    /// another reason.
    pending: usize,
    refusal: Option<Failure>,
}

struct Share {
    used: u64,
    limit: u64,
    /// The amount of the last growth that was allowed.
    pending: u64,
}

impl Share {
    fn new(limit: u64) -> Self {
        Share {
            used: 0,
            limit,
            pending: 0,
        }
    }

    /// Err contains the amount that would be used.
    fn grow(&mut self, current: usize, desired: usize) -> Result<usize, u64> {
        let more = desired.saturating_sub(current);
        let used = self.used.saturating_add(more as u64);
        if used > self.limit {
            return Err(used);
        }
        self.used = used;
        self.pending = more as u64;
        Ok(more)
    }

    fn take_back(&mut self) {
        self.used -= std::mem::take(&mut self.pending);
    }
}

impl Budget {
    pub(crate) fn new(limits: &Limits) -> Self {
        Budget {
            memory: Share::new(limits.memory_pages.saturating_mul(PAGE_BYTES)),
            tables: Share::new(limits.table_elements),
            charge: Charge::default(),
            pending: 0,
            refusal: None,
        }
    }

    /// Charges memory that does not count against a limit, such as the module itself.
    pub(crate) fn charge(&mut self, bytes: usize) {
        self.charge.add(bytes);
    }

    /// The reason of a growth that was refused since the last call of this function.
    pub(crate) fn take_refusal(&mut self) -> Option<Failure> {
        self.refusal.take()
    }

    fn granted(&mut self, bytes: usize) -> bool {
        self.charge.add(bytes);
        self.pending = bytes;
        true
    }

    fn refused(&mut self, failure: Failure) -> bool {
        self.refusal = Some(failure);
        false
    }

    fn take_back(&mut self) {
        self.charge.remove(std::mem::take(&mut self.pending));
    }
}

impl wasmi::ResourceLimiter for Budget {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> Result<bool, LimiterError> {
        let limit = self.memory.limit;
        Ok(match self.memory.grow(current, desired) {
            Ok(more) => self.granted(more),
            Err(used) => self.refused(messages::too_many_pages(used, limit)),
        })
    }

    fn table_growing(
        &mut self,
        current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> Result<bool, LimiterError> {
        let limit = self.tables.limit;
        Ok(match self.tables.grow(current, desired) {
            Ok(more) => self.granted(more.saturating_mul(TABLE_ELEMENT_BYTES)),
            Err(used) => self.refused(messages::too_many_elements(used, limit)),
        })
    }

    fn memory_grow_failed(&mut self, _error: &MemoryError) -> Result<(), LimiterError> {
        self.memory.take_back();
        self.take_back();
        Ok(())
    }

    fn table_grow_failed(&mut self, _error: &TableError) -> Result<(), LimiterError> {
        self.tables.take_back();
        self.take_back();
        Ok(())
    }

    fn instances(&self) -> usize {
        1
    }

    // The parser limits the number of tables; this limits their size.
    fn tables(&self) -> usize {
        usize::MAX
    }

    fn memories(&self) -> usize {
        usize::MAX
    }
}
