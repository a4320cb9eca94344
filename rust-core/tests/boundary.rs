//! The rules of the C ABI that hold for every function: NULL, UTF-8, buffers, panics, version.

mod caller;
use caller::*;
use std::ptr::{null, null_mut};
use stowage_wasm_rust::*;

#[test]
fn null_output_is_an_error_and_null_error_is_fine() {
    let _session = Session::start();
    let text = |answer: Answer<()>| {
        let (status, text) = answer.unwrap_err();
        assert_eq!(status, SWR_INVALID_ARGUMENT);
        text
    };
    unsafe {
        assert_eq!(
            text(answer(|e| swr_version(null_mut(), e))),
            "'out' is NULL, but receives the result"
        );
        text(answer(|e| swr_describe(null(), 0, null_mut(), e)));
        text(answer(|e| swr_sha256(null(), 0, null_mut(), e)));
        text(answer(|e| swr_sha512(null(), 0, null_mut(), e)));
        text(answer(|e| swr_token_open(null_mut(), e)));
        text(answer(|e| {
            let (none, out) = (null(), null_mut());
            swr_instance_open(none, 0, null(), none, 0, none, 0, 0, null(), out, e)
        }));
        text(answer(|e| {
            swr_instance_call(0, 0, null(), 0, 0, null(), null_mut(), 1, e)
        }));
        text(answer(|e| swr_instance_run(0, 0, null(), null_mut(), e)));
        text(answer(|e| swr_memory_size(0, null(), 0, null_mut(), e)));
        assert_eq!(swr_live_handles(null_mut()), SWR_INVALID_ARGUMENT);
        assert_eq!(swr_native_bytes(null_mut()), SWR_INVALID_ARGUMENT);
        assert_eq!(swr_validate(null(), 0, null_mut()), SWR_INVALID_MODULE);
        assert_eq!(swr_instance_close(7, null_mut()), SWR_INVALID_ARGUMENT);
        assert_eq!(swr_probe_panic(null(), 0, null_mut()), SWR_PANIC);
        swr_buffer_free(null_mut());
    }
}

#[test]
fn types_that_nobody_wants() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    let (mut number, mut value) = (u32::MAX, 0);
    unsafe {
        let (name, null) = ("add", null_mut());
        answer(|e| swr_instance_function(instance, name.as_ptr(), 3, &mut number, null, e))
            .unwrap();
        assert_ne!(number, u32::MAX);
        answer(|e| swr_global_get(instance, "global".as_ptr(), 6, &mut value, null, e)).unwrap();
    }
    assert_eq!(value, 5);
    close(instance).unwrap();
}

#[test]
fn null_input_goes_with_length_zero_only() {
    let _session = Session::start();
    let mut out = [0; 32];
    unsafe {
        let (status, text) = answer(|e| swr_validate(null(), 3, e)).unwrap_err();
        assert_eq!(status, SWR_INVALID_ARGUMENT);
        assert_eq!(
            text,
            "'wasm' is NULL, but its length is 3; NULL goes with length 0 only"
        );
        let (status, text) = answer(|e| swr_validate(null(), 0, e)).unwrap_err();
        assert_eq!(status, SWR_INVALID_MODULE);
        assert_eq!(text, "not a WebAssembly module: no bytes at all");
        answer(|e| swr_sha256(null(), 0, out.as_mut_ptr(), e)).unwrap();
        let byte = 0_u8;
        let (status, _) = answer(|e| swr_validate(&byte, usize::MAX, e)).unwrap_err();
        assert_eq!(status, SWR_INVALID_ARGUMENT);
        let arg = 0_u64;
        for len in [usize::MAX / 4, usize::MAX / 8] {
            let (status, text) =
                answer(|e| swr_instance_call(0, 0, &arg, len, 0, null(), null_mut(), 0, e))
                    .unwrap_err();
            assert_eq!(status, SWR_INVALID_ARGUMENT);
            assert!(text.contains("no memory block can have"), "{text}");
        }
    }
}

#[test]
fn names_must_be_utf8() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    // CESU-8: Java's modified UTF-8 encodes characters beyond the BMP in this way.
    let cesu = [b'a', 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80];
    let mut size = 0;
    let (status, text) =
        answer(|e| unsafe { swr_memory_size(instance, cesu.as_ptr(), cesu.len(), &mut size, e) })
            .unwrap_err();
    assert_eq!(status, SWR_INVALID_ARGUMENT);
    assert_eq!(
        text,
        "'name' is not UTF-8: byte 1 starts no valid character"
    );
    close(instance).unwrap();
}

#[test]
fn a_panic_has_message_and_place() {
    let _session = Session::start();
    for message in ["boom", "", "Grüße \u{1f6a2}"] {
        let (status, text) =
            answer(|e| unsafe { swr_probe_panic(message.as_ptr(), message.len(), e) }).unwrap_err();
        assert_eq!(status, SWR_PANIC);
        let place = text.strip_prefix(message).expect("starts with the message");
        assert!(
            place.starts_with(" (src/probe.rs:") && place.ends_with(')'),
            "{text}"
        );
    }
}

#[test]
fn version_is_the_build_s_or_dev() {
    let _session = Session::start();
    let mut out = rubbish();
    answer(|e| unsafe { swr_version(&mut out, e) }).unwrap();
    let expected = option_env!("STOWAGE_VERSION").unwrap_or("dev");
    assert_eq!(take(out), expected.as_bytes());
}

/// Vectors of FIPS 180-4 and its examples.
#[test]
fn digests_of_known_messages() {
    let _session = Session::start();
    for (message, short, long) in [
        (
            &b""[..],
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce\
             47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
        ),
        (
            b"abc",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
             2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        ),
        (
            &[b'a'; 1_000_000],
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
            "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973eb\
             de0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b",
        ),
    ] {
        assert_eq!(sha256(message), short);
        assert_eq!(sha512(message), long);
    }
}

#[test]
fn buffers_are_counted_until_they_are_freed() {
    let _session = Session::start();
    let mut out = Buffer::EMPTY;
    let wasm = module(SAMPLE);
    assert_eq!(
        unsafe { swr_describe(wasm.as_ptr(), wasm.len(), &mut out, null_mut()) },
        SWR_OK
    );
    assert_eq!(counters().1, out.cap as i64);
    unsafe { swr_buffer_free(&mut out) };
}
