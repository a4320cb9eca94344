package dev.stowage.wasm.tool;

/**
 * The module of the demo, assembled by hand:
 *
 * <pre>{@code
 * (module
 *   (import "host" "call" (func $host (param i64) (result i64)))
 *   (func $factorial (param $n i64) (result i64)
 *     (if (result i64) (i64.lt_s (local.get $n) (i64.const 2))
 *       (then (i64.const 1))
 *       (else (i64.mul
 *         (call $host (local.get $n))
 *         (call $factorial (i64.sub (local.get $n) (i64.const 1)))))))
 *   (memory 1 16)
 *   (export "factorial" (func $factorial))
 *   (export "memory" (memory 0)))
 * }</pre>
 *
 * <p>Source of the numbers: WebAssembly core specification 2.0, chapter 5, binary format.
 */
final class DemoModule {
  static final String EXPORT = "factorial";

  private static final String BINARY =
      ""
          // magic, version 1
          + "0061736d01000000"
          // types: (i64) -> (i64)
          + "01060160017e017e"
          // imports: host.call, a function of type 0
          + "020d0104686f73740463616c6c0000"
          // functions: one of type 0
          + "03020100"
          // memories: 1 to 16 pages
          + "050401010110"
          // exports: function 1, memory 0
          + "07160209666163746f7269616c0001066d656d6f72790200"
          // code: no locals, then the body above
          + "0a1b0119002000420253047e42010520001000200042017d10017e0b0b";

  private DemoModule() {}

  static byte[] bytes() {
    byte[] bytes = new byte[BINARY.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(BINARY.substring(2 * i, 2 * i + 2), 16);
    }
    return bytes;
  }
}
