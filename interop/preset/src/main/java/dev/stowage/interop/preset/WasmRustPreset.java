package dev.stowage.interop.preset;

import dev.stowage.javacpp.JavaCppCore;
import dev.stowage.wasm.Wasm;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.LoadEnabled;
import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.tools.InfoMap;
import org.bytedeco.javacpp.tools.InfoMapper;

/** The properties of the Rust core for JavaCPP: its header, and the source of its library. */
@Properties(
    value = @Platform(include = "stowage_wasm_rust.h"),
    target = "dev.stowage.interop.preset.WasmRust")
public class WasmRustPreset implements InfoMapper, LoadEnabled {
  @Override
  public void init(ClassProperties properties) {
    JavaCppCore.use(properties, Wasm.class, "rust");
  }

  /** Nothing: the header needs no help. */
  @Override
  public void map(InfoMap infos) {}
}
