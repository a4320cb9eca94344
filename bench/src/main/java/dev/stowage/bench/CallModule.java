package dev.stowage.bench;

/**
 * The module whose functions are called, in the binary format:
 *
 * <pre>{@code
 * (module
 *   (import "host" "call" (func $host (param i64) (result i64)))
 *   (func (export "add") (param i64 i64) (result i64)
 *     local.get 0  local.get 1  i64.add)
 *   (func (export "loop") (param i32)
 *     (loop
 *       i64.const 0  call $host  drop
 *       local.get 0  i32.const 1  i32.sub  local.tee 0  br_if 0)))
 * }</pre>
 */
final class CallModule {
  private CallModule() {}

  static byte[] bytes() {
    return new byte[] {
      0,
      'a',
      's',
      'm',
      1,
      0,
      0,
      0,
      // Types: (i64) -> (i64), (i64, i64) -> (i64), (i32) -> ().
      1,
      16,
      3,
      0x60,
      1,
      0x7e,
      1,
      0x7e,
      0x60,
      2,
      0x7e,
      0x7e,
      1,
      0x7e,
      0x60,
      1,
      0x7f,
      0,
      // Import host.call.
      2,
      13,
      1,
      4,
      'h',
      'o',
      's',
      't',
      4,
      'c',
      'a',
      'l',
      'l',
      0,
      0,
      // Functions 1 and 2 and their names.
      3,
      3,
      2,
      1,
      2,
      7,
      14,
      2,
      3,
      'a',
      'd',
      'd',
      0,
      1,
      4,
      'l',
      'o',
      'o',
      'p',
      0,
      2,
      // Their code.
      10,
      29,
      2,
      7,
      0,
      0x20,
      0,
      0x20,
      1,
      0x7c,
      0x0b,
      19,
      0,
      3,
      0x40,
      0x42,
      0,
      0x10,
      0,
      0x1a,
      0x20,
      0,
      0x41,
      1,
      0x6b,
      0x22,
      0,
      0x0d,
      0,
      0x0b,
      0x0b
    };
  }
}
