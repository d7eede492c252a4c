package dev.heddle.agent.dist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** An app that makes one call and then asks its own agent what it did. */
public final class AdminApp {

  private static final int DEADLINE_SECONDS = 20;
  private static final long POLL_NANOS = 10_000_000L;

  private AdminApp() {}

  /**
   * Prints what each URL answers.
   *
   * @param arguments the URLs
   */
  public static void main(String[] arguments) throws IOException {
    long end = System.nanoTime() + DEADLINE_SECONDS * 1_000_000_000L;
    for (String url : arguments) {
      System.out.println(answer(new URL(url), end));
    }
  }

  /** The agent opens its port beside the app's start. */
  private static String answer(URL url, long end) throws IOException {
    while (true) {
      try {
        return text(url);
      } catch (ConnectException notYet) {
        if (System.nanoTime() > end) {
          throw notYet;
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }

  private static String text(URL url) throws IOException {
    try (InputStream in = url.openStream()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int read = in.read(); read >= 0; read = in.read()) {
        out.write(read);
      }
      return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }
  }
}
