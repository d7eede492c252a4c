package dev.heddle.agent.dist;

import java.io.File;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.concurrent.locks.LockSupport;

/** An app that the tests start in a JVM of its own; its answer is all that stdout may hold. */
public final class TrivialApp {

  private static final int DEADLINE_SECONDS = 20;
  private static final long POLL_NANOS = 10_000_000L;

  private TrivialApp() {}

  /**
   * Loads a hooked class; with an argument, waits for that file to be there.
   *
   * @param arguments none, or a file
   */
  public static void main(String[] arguments) throws Exception {
    Class.forName("sun.net.www.protocol.http.HttpURLConnection");
    URL nowhere = new URL("http://127.0.0.1:1/");
    ((HttpURLConnection) nowhere.openConnection()).disconnect();
    long end = System.nanoTime() + DEADLINE_SECONDS * 1_000_000_000L;
    while (arguments.length > 0 && !new File(arguments[0]).isFile() && System.nanoTime() < end) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    System.out.println("done");
  }
}
