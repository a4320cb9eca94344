package dev.stowage.packager.record;

import dev.stowage.packager.project.Language;
import dev.stowage.packager.project.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One binding in a waybill.
 *
 * @param name the binding's name
 * @param language of its core
 * @param content SHA-256 over "file size sha256\n" of its libraries, in order, executables left out
 * @param contract the contract digest of its native methods; null if no library registers any
 * @param libraries in load order
 * @since 0.1.0
 */
public record WaybillEntry(
    String name, Language language, String content, String contract, List<WaybillFile> libraries) {
  /** Copies the list. */
  public WaybillEntry {
    libraries = List.copyOf(libraries);
  }

  /** Makes an entry and computes the content digest. */
  public static WaybillEntry of(
      String name, Language language, String contract, List<WaybillFile> libraries) {
    StringBuilder lines = new StringBuilder();
    for (WaybillFile library : libraries) {
      if (library.role() != Role.EXECUTABLE) {
        lines.append(library.file()).append(' ').append(library.size()).append(' ');
        lines.append(library.sha256()).append('\n');
      }
    }
    String content = FileDigests.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    return new WaybillEntry(name, language, content, contract, libraries);
  }

  WaybillEntry with(Map<String, byte[]> changed) {
    List<WaybillFile> files = new ArrayList<>();
    for (WaybillFile library : libraries) {
      byte[] bytes = changed.get(library.file());
      files.add(bytes == null ? library : library.with(FileDigests.of(bytes)));
    }
    return of(name, language, contract, files);
  }
}
