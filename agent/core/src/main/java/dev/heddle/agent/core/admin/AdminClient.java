package dev.heddle.agent.core.admin;

import dev.heddle.agent.core.settings.Probe;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One request of somebody, and its answer. */
final class AdminClient implements Runnable {

  /**
   * From accept to the last byte of a page, or to the end of a probe's head: who neither sends nor
   * reads must not keep a thread.
   */
  private static final int PAGE_MILLIS = 2_000;

  /** Of a probe: a kubelet waits for {@code timeoutSeconds}, which is seldom more. */
  private static final int PROBE_MILLIS = 60_000;

  private final Socket client;
  private final AdminAnswers answers;
  private final ScheduledExecutorService timers;

  AdminClient(Socket client, AdminAnswers answers, ScheduledExecutorService timers) {
    this.client = client;
    this.answers = answers;
    this.timers = timers;
  }

  @Override
  public void run() {
    Future<?> deadline = timers.schedule(this::close, PAGE_MILLIS, TimeUnit.MILLISECONDS);
    try {
      client.setTcpNoDelay(true);
      RequestHead request = RequestHead.read(client.getInputStream());
      Probe probe = answers.probe(request);
      if (probe == null) {
        boolean isHere = client.getInetAddress().equals(client.getLocalAddress());
        client
            .getOutputStream()
            .write(answers.page(request, isHere || client.getInetAddress().isLoopbackAddress()));
      } else {
        deadline.cancel(false);
        deadline = timers.schedule(this::close, PROBE_MILLIS, TimeUnit.MILLISECONDS);
        answers.pass(probe, request, client);
      }
    } catch (IOException e) {
      return; // that client's trouble; the next one may fare better
    } finally {
      deadline.cancel(false);
      close();
    }
  }

  void close() {
    try {
      client.close();
    } catch (IOException e) {
      return; // it is of no use any more, closed or not
    }
  }
}
