//! Tests of the session itself: one failure is one failed test.

mod caller;

use caller::*;
use std::panic::catch_unwind;

#[test]
fn a_failed_test_fails_no_other_one() {
    let failed = catch_unwind(|| {
        let _session = Session::start();
        open("(module (memory 1))");
        assert_eq!(counters().0, 1);
        panic!("expected in the output of this test");
    });
    assert!(failed.is_err());

    let session = Session::start();
    assert_eq!(counters(), (0, 0));
    let instance = open("(module (memory 1))");
    assert_eq!(counters().0, 1);
    close(instance).unwrap();
    drop(session);

    let leaking = catch_unwind(|| {
        let _session = Session::start();
        open("(module (memory 1))");
    });
    assert!(leaking.is_err(), "a leak is still a failure");
}
