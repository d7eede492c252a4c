package dev.heddle.e2e.peer;

import org.jspecify.annotations.Nullable;

/**
 * What came of an exchange, a line of JSON.
 *
 * @param atServer size and hash of what the server read
 * @param atClient size and hash of what the client read
 * @param error what the client threw, with its message
 */
public record Arrived(int status, String atServer, String atClient, @Nullable String error) {

  static Arrived failed(Exception failure) {
    return new Arrived(0, "", "", failure.toString());
  }
}
