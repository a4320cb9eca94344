package dev.stowage.interop.child;

import dev.stowage.wasm.Wasm;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Passes the same inputs to the API and to JavaCPP's class. Arguments: seed, number. Prints the
 * count of each outcome, so that a test can check that there were inputs of every kind.
 */
public final class AgreementMain {
  private AgreementMain() {}

  public static void main(String[] args) throws Exception {
    long seed = Long.parseLong(args[0]);
    int number = Integer.parseInt(args[1]);
    System.out.println("seed " + seed);
    RandomInputs inputs = new RandomInputs(seed);
    Map<String, Integer> seen = new TreeMap<>();
    for (int i = 0; i < number; i++) {
      byte[] input = inputs.next();
      boolean direct = i % 2 == 1;
      same(seed, i, "validate", Api.validate(input, direct), Cpp.validate(input, direct), seen);
      same(seed, i, "describe", Api.describe(input, direct), Cpp.describe(input, direct), seen);
      byte[] digest = Cpp.sha256(input, direct);
      same(seed, i, "sha256", hex(Api.sha256(input, direct)), hex(digest), seen);
      if (!Arrays.equals(digest, MessageDigest.getInstance("SHA-256").digest(input))) {
        throw new AssertionError("seed " + seed + ", input " + i + ": both digests are wrong");
      }
    }
    seen.forEach((outcome, times) -> System.out.println(outcome + " " + times));
    System.out.println("agreed " + number);
    System.out.println("left " + Wasm.nativeBytes() + " " + Wasm.liveHandles());
    Images.print("rust");
    System.out.println("RESULT ok one-image");
  }

  private static void same(
      long seed, int i, String call, String api, String cpp, Map<String, Integer> seen) {
    if (!api.equals(cpp)) {
      throw new AssertionError(
          "seed "
              + seed
              + ", input "
              + i
              + ", "
              + call
              + "\n  API     "
              + api
              + "\n  JavaCPP "
              + cpp);
    }
    String kind = call.equals("sha256") ? "OK" : api.substring(0, (api + " ").indexOf(' '));
    seen.merge(call + " " + kind, 1, Integer::sum);
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }
}
