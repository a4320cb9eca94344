package dev.stowage.wasm.internal;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;

/**
 * The bytes between position and limit of a buffer, in the form that native methods need: the
 * direct buffer itself or an array, with offset and length.
 */
public final class BufferRange {
  /** Null if the buffer is direct. */
  public final byte[] array;

  /** Null if the buffer is not direct. */
  public final ByteBuffer direct;

  public final int offset;
  public final int length;

  /** Takes a buffer that the native method reads. */
  public BufferRange(ByteBuffer buffer) {
    length = buffer.remaining();
    if (buffer.isDirect()) {
      array = null;
      direct = buffer;
      offset = buffer.position();
      if (length > 0) {
        // JNI does not detect that the Arena of a buffer is closed or belongs to another thread;
        // get does.
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

  /** Takes a buffer that the native method writes to; JNI does not check that it is writable. */
  public static BufferRange writable(ByteBuffer buffer) {
    if (buffer.isReadOnly()) {
      throw new ReadOnlyBufferException();
    }
    return new BufferRange(buffer);
  }
}
