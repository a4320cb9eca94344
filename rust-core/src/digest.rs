//! SHA-256 of a borrowed buffer. The crate picks the CPU's SHA instructions at run time.

use sha2::{Digest, Sha256};

/// Length of the digest in bytes.
pub(crate) const LENGTH: usize = 32;

pub(crate) fn sha256(data: &[u8]) -> [u8; LENGTH] {
    Sha256::digest(data).into()
}
