package dev.heddle.node.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class AccessLogTest {

  private static AccessEntry entry(String path) {
    AccessEntry.Request request =
        new AccessEntry.Request("GET", path, "HTTP/1.1", "bob", null, null, null);
    return new AccessEntry(
        0, request, 200, "", "via_upstream", 1, 2, 3, "10.0.0.1:80", "10.0.0.2:1234", null, null);
  }

  @Test
  void whatACallerSendsStaysInItsLine() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AccessLog log = new AccessLog(out);
    log.write(entry("/a\n{\"forged\":\"\u0001"));
    log.write(entry("/b"));
    log.close();
    assertThat(out.toString(UTF_8).lines())
        .hasSize(2)
        .first()
        .asString()
        .contains("\"path\":\"/a\\n{\\\"forged\\\":\\\"\\u0001\"")
        .contains("\"start_time\":\"1970-01-01T00:00:00Z\"")
        .contains("\"bytes_received\":1,\"bytes_sent\":2,\"duration\":3");
  }

  @Test
  void aDiskThatStandsStillHoldsNobodyUpAndLosesWhatDoesNotFit() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    AccessLog log = new AccessLog(new Stuck(stuck));
    for (int i = 0; i < 3 * AccessLog.MAX_WAITING; i++) {
      log.write(entry("/" + i));
    }
    assertThat(log.dropped()).isGreaterThan(AccessLog.MAX_WAITING / 2);
    stuck.countDown();
    log.close();
  }

  private static final class Stuck extends OutputStream {
    private final CountDownLatch until;

    Stuck(CountDownLatch until) {
      this.until = until;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        until.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}
