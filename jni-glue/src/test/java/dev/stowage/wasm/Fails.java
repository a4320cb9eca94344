package dev.stowage.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Checks type and code of a failure, and returns its text for further checks. */
public final class Fails {
  private Fails() {}

  /** Returns the text of the exception that the call throws. */
  public static AbstractStringAssert<?> with(WasmException.Code code, ThrowingCallable call) {
    WasmException failure = catchThrowableOfType(WasmException.class, call);
    assertThat(failure).as("no WasmException was thrown").isNotNull();
    assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
    return assertThat(failure.getMessage());
  }
}
