package dev.heddle.agent.core.socket;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class HandshakesTest {

  @Test
  void whatTheThreadsCannotTakeIsNotDoneByTheCaller() {
    Handshakes handshakes = new Handshakes();
    CountDownLatch end = new CountDownLatch(1);
    Runnable waiting =
        () -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 2 * Handshakes.MAX_WAITING; i++) {
                  handshakes.compute(waiting);
                }
              })
          .isInstanceOf(RejectedExecutionException.class);
    } finally {
      end.countDown();
    }
  }
}
