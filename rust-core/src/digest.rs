//! Digests of a borrowed buffer. The crate selects CPU instructions at run time.

use sha2::{Digest, Sha256, Sha512};

/// Length of a SHA-256 digest in bytes.
pub(crate) const SHA256_LENGTH: usize = 32;
/// Length of a SHA-512 digest in bytes.
pub(crate) const SHA512_LENGTH: usize = 64;

pub(crate) fn sha256(data: &[u8]) -> [u8; SHA256_LENGTH] {
    Sha256::digest(data).into()
}

pub(crate) fn sha512(data: &[u8]) -> [u8; SHA512_LENGTH] {
    Sha512::digest(data).into()
}
