package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.CLOSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.wasm.fixture.Eventually;
import dev.stowage.wasm.fixture.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class CancelTokenTest {
  @Test
  void hasNativeMemoryOnlyWhereItIsUsed() {
    try (CancelToken token = CancelToken.open()) {
      assertThat(WasmRegistry.liveHandles()).isZero();
      long handle = token.go();
      assertThat(token.go()).isEqualTo(handle).isNotZero();
      assertThat(WasmRegistry.liveHandles()).isEqualTo(1);
      assertThat(Wasm.liveHandles()).isZero();
    }
    assertThat(WasmRegistry.liveHandles()).isZero();
  }

  @Test
  void cancelIsSticky() {
    CancelToken token = CancelToken.open();
    assertThat(token.isCanceled()).isFalse();
    token.cancel();
    token.cancel();
    assertThat(token.isCanceled()).isTrue();
    token.close();
    assertThat(token.isCanceled()).isTrue();
  }

  @Test
  void closedTokenIsRefusedAndCannotBeCanceled() {
    CancelToken token = CancelToken.open();
    token.go();
    token.close();
    token.close();
    token.cancel();
    assertThat(token.isCanceled()).isFalse();
    Fails.with(CLOSED, token::go)
        .isEqualTo(
            "the cancel token is closed; keep it open until the last call with it has begun");
  }

  @Test
  void followerIsCanceledWithItsLeaderNotTheReverse() {
    try (CancelToken leader = CancelToken.open();
        CancelToken first = CancelToken.open();
        CancelToken second = CancelToken.open();
        CancelToken late = CancelToken.open()) {
      first.follow(leader);
      second.follow(leader);
      first.cancel();
      assertThat(leader.isCanceled()).isFalse();
      leader.cancel();
      assertThat(second.isCanceled()).isTrue();
      late.follow(leader);
      assertThat(late.isCanceled()).isTrue();
    }
  }

  @Test
  void closedLeaderIsRefusedAndClosedFollowerForgotten() {
    CancelToken leader = CancelToken.open();
    CancelToken follower = CancelToken.open();
    follower.follow(leader);
    follower.close();
    leader.cancel();
    assertThat(follower.isCanceled()).isFalse();
    leader.close();
    try (CancelToken late = CancelToken.open()) {
      Fails.with(CLOSED, () -> late.follow(leader)).contains("keep it open");
    }
  }

  @Test
  void droppedTokenIsFreedAndCounted() {
    long before = Wasm.reclaimed();
    CancelToken.open().go();
    Eventually.until(() -> WasmRegistry.liveHandles() == 0);
    assertThat(Wasm.reclaimed() - before).isEqualTo(1);
  }
}
