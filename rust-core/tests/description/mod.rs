//! The describe buffer, decoded by hand against the format in the header.

// Each test binary includes this file and uses a part of it.
#![allow(dead_code)]

use crate::caller::*;

/// The content of a description, one text per entry.
#[derive(Debug, PartialEq)]
pub struct Description {
    /// "module.name kind type".
    pub imports: Vec<String>,
    /// "name kind type".
    pub exports: Vec<String>,
    pub memories: Vec<String>,
    pub tables: Vec<String>,
    pub globals: Vec<String>,
    /// Name, offset, size.
    pub custom: Vec<(String, u64, u64)>,
    /// "field: name version".
    pub producers: Vec<String>,
    pub features: Vec<String>,
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> &'a [u8] {
        let (head, tail) = self.0.split_at(len);
        self.0 = tail;
        head
    }

    fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.take(4).try_into().unwrap())
    }

    fn u64(&mut self) -> u64 {
        u64::from_le_bytes(self.take(8).try_into().unwrap())
    }

    fn text(&mut self) -> String {
        let len = self.u32() as usize;
        std::str::from_utf8(self.take(len)).unwrap().into()
    }

    fn list<T>(&mut self, entry: impl Fn(&mut Self) -> T) -> Vec<T> {
        (0..self.u32()).map(|_| entry(self)).collect()
    }

    fn entity(&mut self) -> String {
        let kind = self.take(1)[0];
        format!("{kind} {}", self.text())
    }
}

pub fn decoded(wasm: &[u8]) -> Description {
    let bytes = describe(wasm).unwrap();
    let mut reader = Reader(&bytes);
    assert_eq!(reader.u32(), 1, "format");
    let description = Description {
        imports: reader.list(|r| format!("{}.{} {}", r.text(), r.text(), r.entity())),
        exports: reader.list(|r| format!("{} {}", r.text(), r.entity())),
        memories: reader.list(Reader::text),
        tables: reader.list(Reader::text),
        globals: reader.list(Reader::text),
        custom: reader.list(|r| (r.text(), r.u64(), r.u64())),
        producers: reader.list(|r| format!("{}: {} {}", r.text(), r.text(), r.text())),
        features: reader.list(Reader::text),
    };
    assert!(reader.0.is_empty(), "nothing behind the features");
    description
}
