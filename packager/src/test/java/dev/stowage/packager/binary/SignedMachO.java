package dev.stowage.packager.binary;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Mach-O file of nothing but a code signature, written after xnu's cs_blobs.h; each part can be
 * made wrong. Its one page that is not full is the last one.
 */
final class SignedMachO {
  static final int PAGE = 4096;
  static final int CODE = 2 * PAGE + 100;
  static final int AD_HOC = 2;
  static final int RUNTIME = 0x10000;
  static final int LINKER_SIGNED = 0x20000;
  static final int REQUIREMENTS = 2;

  private final List<Directory> directories = new ArrayList<>();
  private final Map<Integer, byte[]> blobs = new TreeMap<>();
  private int gap;

  /** One code directory. */
  static final class Directory {
    int type = 2;
    int size = 32;
    int flags = AD_HOC;
    int version = 0x20400;
    int shift = 12;
    int missingHashes;
    int specialSlots = REQUIREMENTS;
    String team = "";
    boolean longLimit;

    private String algorithm() {
      return type == 1 ? "SHA-1" : type == 4 ? "SHA-384" : "SHA-256";
    }

    private byte[] digest(byte[] bytes, int from, int to) {
      try {
        MessageDigest digest = MessageDigest.getInstance(algorithm());
        digest.update(bytes, from, to - from);
        return Arrays.copyOf(digest.digest(), size);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    private byte[] bytes(byte[] code, Map<Integer, byte[]> special) throws IOException {
      ByteArrayOutputStream texts = new ByteArrayOutputStream();
      texts.writeBytes("libsigned.dylib\0".getBytes(StandardCharsets.UTF_8));
      int teamAt = team.isEmpty() ? 0 : 64 + texts.size();
      texts.writeBytes((team + "\0").getBytes(StandardCharsets.UTF_8));
      for (int slot = specialSlots; slot > 0; slot--) {
        byte[] blob = special.get(slot);
        texts.write(blob == null ? new byte[size] : digest(blob, 0, blob.length));
      }
      int hashesAt = 64 + texts.size();
      int page = shift == 0 ? code.length : 1 << shift;
      int pages = (code.length + page - 1) / page - missingHashes;
      for (int i = 0; i < pages; i++) {
        int from = Math.min(code.length, i * page);
        texts.write(digest(code, from, Math.min(code.length, from + page)));
      }
      ByteBuffer out = ByteBuffer.allocate(64 + texts.size());
      out.putInt(0xfade0c02).putInt(out.capacity()).putInt(version).putInt(flags).putInt(hashesAt);
      out.putInt(64).putInt(specialSlots).putInt(pages).putInt(longLimit ? 0 : code.length);
      out.put((byte) size).put((byte) type).put((byte) 0).put((byte) shift);
      out.putInt(48, teamAt).putLong(56, longLimit ? code.length : 0);
      return out.position(64).put(texts.toByteArray()).array();
    }
  }

  /** Adds a code directory, the first one or an alternate one. */
  SignedMachO directory(Directory directory) {
    directories.add(directory);
    return this;
  }

  /** Adds the certificate's signature; an empty one is what an ad-hoc signature has. */
  SignedMachO certificate(String content) {
    blobs.put(0x10000, blob(0xfade0b01, content));
    return this;
  }

  /** Adds the blob of requirements, which the code directories have the hash of. */
  SignedMachO requirements(String content) {
    return special(REQUIREMENTS, content);
  }

  /** Adds a blob whose hash is in a special slot. */
  SignedMachO special(int slot, String content) {
    blobs.put(slot, blob(0xfade0c01, content));
    return this;
  }

  /** Puts that many bytes between the sealed pages and the signature. */
  SignedMachO gap(int bytes) {
    gap = bytes;
    return this;
  }

  private static byte[] blob(int magic, String content) {
    byte[] text = content.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length)
        .putInt(magic)
        .putInt(8 + text.length)
        .put(text)
        .array();
  }

  /** The file. */
  byte[] bytes() throws IOException {
    byte[] first = signature(code(0));
    byte[] code = code(first.length);
    byte[] signature = signature(code);
    byte[] file = Arrays.copyOf(code, CODE + gap + signature.length);
    System.arraycopy(signature, 0, file, CODE + gap, signature.length);
    return file;
  }

  private byte[] code(int signatureSize) {
    ByteBuffer out = ByteBuffer.allocate(CODE).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0xfeedfacf).putInt(0x0100000c).putInt(0).putInt(6);
    out.putInt(1).putInt(16).putInt(0).putInt(0);
    out.putInt(0x1d).putInt(16).putInt(CODE + gap).putInt(signatureSize);
    return out.array();
  }

  private byte[] signature(byte[] code) throws IOException {
    Map<Integer, byte[]> all = new TreeMap<>(blobs);
    for (int i = 0; i < directories.size(); i++) {
      all.put(i == 0 ? 0 : 0x1000 + i - 1, directories.get(i).bytes(code, blobs));
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ByteBuffer index = ByteBuffer.allocate(12 + 8 * all.size());
    index.position(12);
    for (Map.Entry<Integer, byte[]> blob : all.entrySet()) {
      index.putInt(blob.getKey()).putInt(index.capacity() + content.size());
      content.write(blob.getValue());
    }
    index.putInt(0, 0xfade0cc0).putInt(4, index.capacity() + content.size()).putInt(8, all.size());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(index.array());
    out.write(content.toByteArray());
    return out.toByteArray();
  }
}
