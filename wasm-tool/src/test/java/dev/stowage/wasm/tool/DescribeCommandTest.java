package dev.stowage.wasm.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.wasm.fixture.Modules;
import dev.stowage.wasm.fixture.NoLeaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoLeaks.class)
class DescribeCommandTest {
  @TempDir private Path dir;

  @Test
  void asText() throws IOException {
    Path module = Files.write(dir.resolve("m.wasm"), Modules.furnished());
    assertThat(ToolRun.good("describe", module.toString()))
        .isEqualTo(
            """
                   Valid  %s: %d bytes, 1 import, 3 exports
                  Import  func    host.call                (i64) -> (i64)
                  Export  table   table                    funcref 1..10
                  Export  memory  memory                   1..16 pages
                  Export  global  global                   mut i32
                  Memory  1..16 pages
                   Table  funcref 1..10
                  Global  mut i32
                 Section  'producers', 21 bytes at 93
                Producer  language: Rust 1.95
                 Feature  mutable-globals
            """
                .formatted(module, Files.size(module)));
  }

  @Test
  void asJson() throws IOException {
    Path module = Files.write(dir.resolve("m.wasm"), Modules.furnished());
    assertThat(ToolRun.good("describe", "--json", module.toString()))
        .isEqualTo(
            """
            {
              "version": 1,
              "file": "%s",
              "size": %d,
              "imports": [
                {
                  "module": "host",
                  "name": "call",
                  "kind": "func",
                  "type": "(i64) -> (i64)"
                }
              ],
              "exports": [
                {
                  "name": "table",
                  "kind": "table",
                  "type": "funcref 1..10"
                },
                {
                  "name": "memory",
                  "kind": "memory",
                  "type": "1..16 pages"
                },
                {
                  "name": "global",
                  "kind": "global",
                  "type": "mut i32"
                }
              ],
              "memories": [
                "1..16 pages"
              ],
              "tables": [
                "funcref 1..10"
              ],
              "globals": [
                "mut i32"
              ],
              "customSections": [
                {
                  "name": "producers",
                  "offset": 93,
                  "size": 21
                }
              ],
              "producers": [
                {
                  "field": "language",
                  "name": "Rust",
                  "version": "1.95"
                }
              ],
              "features": [
                "mutable-globals"
              ]
            }
            """
                .formatted(module, Files.size(module)));
  }
}
