import dev.stowage.wasm.*;
import java.nio.file.*;
import java.util.Base64;
import java.util.function.*;

public class Hello {
  public static void main(String[] args) throws Exception {
    // sum(a, b) = host.call(a) + host.call(b)
    byte[] module = Base64.getDecoder().decode("AGFzbQEAAAABDAJgAX4BfmACfn4BfgINAQRob3N0BGNhbGwAAAMCAQEHBwEDc3VtAAEKDQELACAAEAAgARAAfAs=");
    Wasm.validate(module);
    InstanceOptions squares = InstanceOptions.defaults().withHost("host", "call", LongUnaryOperator.class, x -> x * x);
    try (WasmInstance instance = WasmInstance.open(module, squares)) {
      System.out.println("sum(3, 4) = " + instance.function("sum").as(LongBinaryOperator.class).applyAsLong(3, 4));
    }
    WasmRegistry.push(Files.write(Paths.get("sum.wasm"), module), "oci:layout:v1", RegistryOptions.defaults());
    System.out.println(WasmRegistry.pull("oci:layout:v1", Paths.get("pulled.wasm"), RegistryOptions.defaults()).moduleDigest());
  }
}
