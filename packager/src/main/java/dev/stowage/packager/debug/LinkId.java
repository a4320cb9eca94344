package dev.stowage.packager.debug;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The location of the id in a linked library. Debuggers use the id to find the debug file: the GNU
 * build id of ELF, the UUID of Mach-O, the GUID of the CodeView record of PE. All targets have
 * 64-bit, little-endian files.
 *
 * @param place of the id
 * @param stamps time stamps of four bytes, which linkers derive from the same digest
 * @param pdb name of a PDB file, which is cleared, because symbolizers that find one ignore the id
 * @param end end of the bytes that the digest covers: the start of the signature, or the end of the
 *     file
 */
record LinkId(Place place, List<Place> stamps, Place pdb, int end) {
  private static final int ELF = 0x464c457f;
  private static final int MACH_O_64 = 0xfeedfacf;
  private static final int DOS = 0x5a4d;

  /** A range of bytes in a file. */
  record Place(int offset, int length) {}

  LinkId {
    stamps = List.copyOf(stamps);
  }

  /** Finds it in a file; empty if the file has no id or is damaged. */
  static Optional<LinkId> find(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    try {
      LinkId found =
          switch (in.getInt(0)) {
            case ELF -> elf(in);
            case MACH_O_64 -> machO(in);
            default -> (in.getShort(0) & 0xffff) == DOS ? pe(in) : null;
          };
      return Optional.ofNullable(found).filter(id -> id.fits(file.length));
    } catch (IndexOutOfBoundsException | BufferUnderflowException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private boolean fits(int size) {
    return end <= size && place.offset() >= 0 && place.offset() + place.length() <= size;
  }

  /** The id's bytes. */
  byte[] read(byte[] file) {
    return Arrays.copyOfRange(file, place.offset(), place.offset() + place.length());
  }

  /** Clears everything that depends on how and where the file was linked. */
  void clear(byte[] file) {
    fill(file, place, new byte[place.length()]);
    stamps.forEach(stamp -> fill(file, stamp, new byte[stamp.length()]));
    if (pdb != null) {
      fill(file, pdb, new byte[pdb.length()]);
    }
  }

  /** Writes the beginning of a digest as id and time stamps. */
  void write(byte[] file, byte[] digest) {
    fill(file, place, digest);
    stamps.forEach(stamp -> fill(file, stamp, digest));
  }

  private static void fill(byte[] file, Place place, byte[] from) {
    System.arraycopy(from, 0, file, place.offset(), place.length());
  }

  /** The note "GNU" of type 3 (NT_GNU_BUILD_ID) in a PT_NOTE segment; System V gABI, chapter 5. */
  private static LinkId elf(ByteBuffer in) {
    int headers = Math.toIntExact(in.getLong(32));
    for (int i = 0; i < in.getShort(56); i++) {
      int header = headers + i * in.getShort(54);
      int at = Math.toIntExact(in.getLong(header + 8));
      int end = at + Math.toIntExact(in.getLong(header + 32));
      while (in.getInt(header) == 4 && at + 12 <= end) {
        int description = at + 12 + align(in.getInt(at));
        int length = in.getInt(at + 4);
        boolean gnu = in.getInt(at) == 4 && in.getInt(at + 12) == 0x00554e47;
        if (gnu && in.getInt(at + 8) == 3) {
          return new LinkId(new Place(description, length), List.of(), null, in.limit());
        }
        at = description + align(length);
      }
    }
    return null;
  }

  private static int align(int size) {
    return Math.addExact(size, 3) & ~3;
  }

  /** LC_UUID (0x1b), and LC_CODE_SIGNATURE (0x1d), which is the last one: mach-o/loader.h. */
  private static LinkId machO(ByteBuffer in) {
    Place uuid = null;
    int end = in.limit();
    int at = 32;
    for (int i = 0; i < in.getInt(16); i++) {
      if (in.getInt(at) == 0x1b) {
        uuid = new Place(at + 8, 16);
      } else if (in.getInt(at) == 0x1d) {
        end = in.getInt(at + 8);
      }
      at = Math.addExact(at, in.getInt(at + 4));
    }
    return uuid == null ? null : new LinkId(uuid, List.of(), null, end);
  }

  /** The CodeView entry (type 2, "RSDS") of the debug directory: PE format, ".debug section". */
  private static LinkId pe(ByteBuffer in) {
    int header = in.getInt(0x3c);
    int optional = header + 24;
    int directory = fileOffset(in, header, in.getInt(optional + 112 + 6 * 8));
    List<Place> stamps = new ArrayList<>(List.of(new Place(header + 8, 4)));
    int exports = in.getInt(optional + 112);
    if (exports != 0) {
      stamps.add(new Place(fileOffset(in, header, exports) + 4, 4));
    }
    Place id = null;
    Place pdb = null;
    for (int i = 0; i < in.getInt(optional + 112 + 6 * 8 + 4) / 28; i++) {
      int entry = directory + i * 28;
      stamps.add(new Place(entry + 4, 4));
      int data = in.getInt(entry + 24);
      if (in.getInt(entry + 12) == 2 && in.getInt(data) == 0x53445352) {
        id = new Place(data + 4, 16);
        pdb = new Place(data + 24, in.getInt(entry + 16) - 24);
      }
    }
    return id == null ? null : new LinkId(id, stamps, pdb, in.limit());
  }

  private static int fileOffset(ByteBuffer in, int header, int address) {
    int sections = header + 24 + in.getShort(header + 20);
    for (int i = 0; i < in.getShort(header + 6); i++) {
      int section = sections + i * 40;
      int start = in.getInt(section + 12);
      if (address >= start && address < start + in.getInt(section + 16)) {
        return address - start + in.getInt(section + 20);
      }
    }
    throw new IndexOutOfBoundsException(address);
  }

  /** The bytes that a digest covers. */
  byte[] covered(byte[] file) {
    return Arrays.copyOf(file, end);
  }
}
