package dev.stowage.wasm;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;

/**
 * The remaining bytes of a buffer as the natives take them: a direct buffer in place, else an
 * array.
 */
final class Bytes {
  final byte[] array;
  final ByteBuffer direct;
  final int offset;
  final int length;

  /** To be read only. */
  Bytes(ByteBuffer buffer) {
    length = buffer.remaining();
    if (buffer.isDirect()) {
      array = null;
      direct = buffer;
      offset = buffer.position();
      if (length > 0) {
        // JNI does not notice that the Arena of a buffer is closed or another thread's; this does.
        byte unused = buffer.get(offset);
      }
    } else if (buffer.hasArray()) {
      array = buffer.array();
      direct = null;
      offset = buffer.arrayOffset() + buffer.position();
    } else {
      // A read-only heap buffer hides its array.
      array = new byte[length];
      buffer.duplicate().get(array);
      direct = null;
      offset = 0;
    }
  }

  /** To be written to: JNI does not notice that a buffer is read-only; this does. */
  static Bytes writable(ByteBuffer buffer) {
    if (buffer.isReadOnly()) {
      throw new ReadOnlyBufferException();
    }
    return new Bytes(buffer);
  }
}
