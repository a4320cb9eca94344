//! A core with one function.

/// How many greetings `people` exchange when each greets all others.
#[no_mangle]
pub extern "C" fn greet_count(people: i64) -> i64 {
    people.wrapping_mul(people.wrapping_sub(1))
}
