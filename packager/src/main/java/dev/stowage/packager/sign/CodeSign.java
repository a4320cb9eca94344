package dev.stowage.packager.sign;

import dev.stowage.loader.header.HeaderException;
import dev.stowage.packager.binary.Binary;
import dev.stowage.packager.binary.MachOBinary;
import dev.stowage.packager.binary.Signature;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import dev.stowage.packager.tool.ToolProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Signs libraries with rcodesign, one after the other, and checks each result. */
final class CodeSign {
  private final ToolBox tools;
  private final Signer signer;
  private final Path scratch;
  private final List<String> options;

  /**
   * Signed libraries by digest. A signature contains a time, so a library that is in two JARs is
   * signed only once.
   */
  private final Map<String, byte[]> done = new HashMap<>();

  /** Opens the key first, so that a wrong password is reported before any work is done. */
  CodeSign(ToolBox tools, Signer signer, Path scratch) throws IOException {
    this.tools = tools;
    this.signer = signer;
    this.scratch = scratch;
    tools.require(Tool.RCODESIGN);
    this.options = List.copyOf(signer.arguments(scratch));
  }

  /** True for a library to sign: 64-bit Mach-O. */
  static boolean isSignable(byte[] file) {
    return file.length > 4
        && file[0] == (byte) 0xcf
        && file[1] == (byte) 0xfa
        && file[2] == (byte) 0xed
        && file[3] == (byte) 0xfe;
  }

  /** The signed library. */
  byte[] sign(String name, byte[] unsigned) throws IOException {
    String digest = FileDigests.sha256(unsigned);
    byte[] known = done.get(digest);
    if (known != null) {
      return known;
    }
    Path in = Files.write(Files.createTempDirectory(scratch, "in-").resolve(name), unsigned);
    Path out = Files.createTempDirectory(scratch, "out-").resolve(name);
    List<String> line = new ArrayList<>(tools.require(Tool.RCODESIGN).line());
    line.add("sign");
    line.addAll(options);
    line.addAll(List.of("--binary-identifier", name, in.toString(), out.toString()));
    ToolProcess.Outcome outcome = new ToolProcess(line, scratch, tools.environment()).run();
    if (!outcome.succeeded() || !Files.isRegularFile(out)) {
      throw SignMessages.notSigned(name, outcome.err().strip());
    }
    byte[] signed = Files.readAllBytes(out);
    check(name, unsigned, signed);
    done.put(digest, signed);
    return signed;
  }

  private void check(String name, byte[] unsigned, byte[] signed) throws IOException {
    MachOBinary before = read(name, unsigned);
    MachOBinary after = read(name, signed);
    Signature signature = after.signature();
    Signature.Kind wanted = signer.named() ? Signature.Kind.IDENTITY : Signature.Kind.AD_HOC;
    if (signature.kind() != wanted || !signature.damage().isEmpty()) {
      throw SignMessages.badSignature(name, signature.kind().name(), signature.damage());
    }
    boolean same =
        before.exported().equals(after.exported())
            && before.needed().equals(after.needed())
            && before.debugId().equals(after.debugId());
    if (!same) {
      throw SignMessages.badSignature(name, "another library", List.of());
    }
  }

  private static MachOBinary read(String name, byte[] file) throws IOException {
    try {
      if (Binary.read(file) instanceof MachOBinary binary) {
        return binary;
      }
      throw SignMessages.badSignature(name, "not a Mach-O library", List.of());
    } catch (HeaderException e) {
      throw SignMessages.badSignature(name, e.getMessage(), List.of());
    }
  }
}
