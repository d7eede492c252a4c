package dev.heddle.agent.core.admin;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * Answers GET with a page of text made of its query, one client at a time, with the JDK's plain
 * sockets.
 */
final class AdminServer implements Runnable {

  /**
   * From accept to the last byte: there is one thread, and a client that neither sends nor reads
   * must not keep it.
   */
  private static final int CLIENT_MILLIS = 2_000;

  /** After a failed accept, doubled with each further one: 50 ms to 12.8 s, 26 s in all. */
  private static final int FIRST_PAUSE_MILLIS = 50;

  /** Accepts that fail in a row, as where the process has no file descriptors left. */
  private static final int MAX_FAILED_ACCEPTS = 10;

  private final ServerSocket server;
  private final Map<String, Function<String, String>> pages;
  private final ScheduledExecutorService timers;
  private final Consumer<String> log;
  private final IntPredicate pause;

  /** timers ends slow clients; log takes the one line that says why the pages are gone. */
  AdminServer(
      ServerSocket server,
      Map<String, Function<String, String>> pages,
      ScheduledExecutorService timers,
      Consumer<String> log) {
    this(server, pages, timers, log, AdminServer::pause);
  }

  /** pause waits that many milliseconds; false: this thread is to end. */
  AdminServer(
      ServerSocket server,
      Map<String, Function<String, String>> pages,
      ScheduledExecutorService timers,
      Consumer<String> log,
      IntPredicate pause) {
    this.pause = pause;
    this.server = server;
    this.pages = pages;
    this.timers = timers;
    this.log = log;
  }

  /** Until the socket is closed, or accepts no longer. */
  @Override
  public void run() {
    int failures = 0;
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        failures = 0;
        serve(client);
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

  private void stop(IOException reason) {
    log.accept(
        "the admin pages end: accept failed "
            + MAX_FAILED_ACCEPTS
            + " times in a row, at last with "
            + reason
            + "; the mesh goes on, a restart of the app brings them back");
    close(server);
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

  private void serve(Socket client) {
    Future<?> deadline = timers.schedule(() -> close(client), CLIENT_MILLIS, TimeUnit.MILLISECONDS);
    try {
      client.setTcpNoDelay(true);
      client.getOutputStream().write(answer(RequestHead.read(client.getInputStream())));
    } catch (IOException e) {
      return; // that client's trouble; the next one may fare better
    } finally {
      deadline.cancel(false);
    }
  }

  private byte[] answer(RequestHead request) {
    if (request.problem() != null) {
      return response(request.problem(), "", request.problem() + "\n");
    }
    Function<String, String> page = pages.get(request.path());
    if (page == null) {
      return response("404 Not Found", "", "pages: " + String.join(" ", pages.keySet()) + "\n");
    }
    if (!request.method().equals("GET")) {
      return response("405 Method Not Allowed", "allow: GET\r\n", "expected: GET\n");
    }
    try {
      return response("200 OK", "", page.apply(request.query()));
    } catch (IllegalArgumentException e) {
      return response("400 Bad Request", "", e.getMessage() + "\n");
    } catch (RuntimeException e) { // that page's trouble; the others are still of use
      return response("500 Internal Server Error", "", e + "\n");
    }
  }

  private static byte[] response(String status, String headers, String text) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    return ("HTTP/1.1 "
            + status
            + "\r\ncontent-type: text/plain; charset=utf-8\r\nconnection: close\r\n"
            + headers
            + "content-length: "
            + length
            + "\r\n\r\n"
            + text)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      return; // it is of no use any more, closed or not
    }
  }
}
