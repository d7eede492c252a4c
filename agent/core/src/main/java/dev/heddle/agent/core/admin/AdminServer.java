package dev.heddle.agent.core.admin;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/** Accepts who asks for pages and probes, with the JDK's plain sockets. */
final class AdminServer implements Runnable {

  /** After a failed accept, doubled with each further one: 50 ms to 12.8 s, 26 s in all. */
  private static final int FIRST_PAUSE_MILLIS = 50;

  /** Accepts that fail in a row, as where the process has no file descriptors left. */
  private static final int MAX_FAILED_ACCEPTS = 10;

  /** Clients at a time; one more is closed. Probes, scrapers and a person are fewer. */
  private static final int MAX_CLIENTS = 16;

  /** Until a thread ends that has no client. */
  private static final int IDLE_SECONDS = 10;

  private final ServerSocket server;
  private final AdminAnswers answers;
  private final ScheduledExecutorService timers;
  private final Consumer<String> log;
  private final IntPredicate pause;
  private final ExecutorService clients =
      new ThreadPoolExecutor(
          0,
          MAX_CLIENTS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          AdminServer::thread);

  /** timers ends slow clients; log takes the one line that says why the pages are gone. */
  AdminServer(
      ServerSocket server,
      AdminAnswers answers,
      ScheduledExecutorService timers,
      Consumer<String> log) {
    this(server, answers, timers, log, AdminServer::pause);
  }

  /** pause waits that many milliseconds; false: this thread is to end. */
  AdminServer(
      ServerSocket server,
      AdminAnswers answers,
      ScheduledExecutorService timers,
      Consumer<String> log,
      IntPredicate pause) {
    this.pause = pause;
    this.server = server;
    this.answers = answers;
    this.timers = timers;
    this.log = log;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "heddle-admin-client");
    thread.setDaemon(true);
    return thread;
  }

  /** Until the socket is closed, or accepts no longer. */
  @Override
  public void run() {
    int failures = 0;
    while (!server.isClosed()) {
      try {
        serve(server.accept());
        failures = 0;
      } catch (IOException e) {
        failures++;
        if (failures >= MAX_FAILED_ACCEPTS) {
          stop(e);
        } else if (!pause.test(FIRST_PAUSE_MILLIS << (failures - 1))) {
          return;
        }
      }
    }
  }

  private void serve(Socket accepted) {
    AdminClient client = new AdminClient(accepted, answers, timers);
    try {
      clients.execute(client);
    } catch (RejectedExecutionException e) {
      client.close(); // too many at a time
    }
  }

  private void stop(IOException reason) {
    log.accept(
        "the admin pages end: accept failed "
            + MAX_FAILED_ACCEPTS
            + " times in a row, at last with "
            + reason
            + "; the mesh goes on, a restart of the app brings them back");
    try {
      server.close();
    } catch (IOException e) {
      return; // it is of no use any more, closed or not
    }
  }

  private static boolean pause(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
