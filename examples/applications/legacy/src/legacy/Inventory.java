package legacy;

import dev.stowage.wasm.InstanceOptions;
import dev.stowage.wasm.ModuleDescription;
import dev.stowage.wasm.RegistryOptions;
import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmException;
import dev.stowage.wasm.WasmInstance;
import dev.stowage.wasm.WasmRegistry;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.function.LongUnaryOperator;

/** Describes its modules, calls one and stores them in a directory, as a program of 2015 would. */
public class Inventory {
  private static final String SUM =
      "AGFzbQEAAAABDAJgAX4BfmACfn4BfgINAQRob3N0BGNhbGwAAAMCAQEHBwEDc3VtAAEKDQELACAAEAAgARAAfAs=";

  private final File directory;

  public Inventory(File directory) {
    this.directory = directory;
  }

  public static void main(String[] args) throws Exception {
    new Inventory(new File(args.length > 0 ? args[0] : ".")).run();
  }

  private void run() throws Exception {
    byte[] module = Base64.getDecoder().decode(SUM);
    describe(module);
    call(module);
    refuse();
    store(module);
  }

  private static void describe(byte[] module) {
    ModuleDescription description = Wasm.describe(module);
    for (ModuleDescription.Import needed : description.imports()) {
      System.out.println("needs " + needed.module() + "." + needed.name() + " " + needed.type());
    }
    for (ModuleDescription.Export offered : description.exports()) {
      System.out.println("has " + offered.name() + " " + offered.type());
    }
  }

  private static void call(byte[] module) {
    InstanceOptions options =
        InstanceOptions.defaults()
            .withHost(
                "host",
                "call",
                LongUnaryOperator.class,
                new LongUnaryOperator() {
                  @Override
                  public long applyAsLong(long value) {
                    return value * value;
                  }
                });
    WasmInstance instance = WasmInstance.open(module, options);
    try {
      System.out.println("sum(3, 4) = " + instance.function("sum").call(3, 4)[0]);
    } finally {
      instance.close();
    }
  }

  private static void refuse() {
    try {
      Wasm.validate(new byte[] {1, 2, 3});
    } catch (WasmException e) {
      System.out.println("refused: " + e.code());
    }
  }

  private void store(byte[] module) throws IOException {
    File file = new File(directory, "sum.wasm");
    FileOutputStream out = new FileOutputStream(file);
    try {
      out.write(module);
    } finally {
      out.close();
    }
    String layout = "oci:" + new File(directory, "layout");
    WasmRegistry.push(file.toPath(), layout + ":v1", RegistryOptions.defaults());
    System.out.println("stored: " + WasmRegistry.tags(layout, RegistryOptions.defaults()));
  }
}
