package dev.heddle.e2e;

import java.util.HashMap;
import java.util.Map;

/**
 * What a caller wants a server to do, {@code name=value} pairs between semicolons: {@code
 * status=503}, {@code delay=500} (ms before the head), {@code stall=500} (ms within the body),
 * {@code close=true}, {@code cookie=name}, {@code location=/path}; {@code times=2} for the first
 * two attempts of a call only; {@code at=v2} at the server of that name only.
 */
record Wish(Map<String, String> values) {

  static Wish of(String text) {
    Map<String, String> values = new HashMap<>();
    for (String item : text.isEmpty() ? new String[0] : text.split(";", -1)) {
      String[] pair = item.split("=", 2);
      values.put(pair[0], pair[1]);
    }
    return new Wish(values);
  }

  /** What of it concerns this server at this attempt, which counts from 1. */
  Wish at(String server, int attempt) {
    boolean concerned =
        values.getOrDefault("at", server).equals(server)
            && (!values.containsKey("times") || attempt <= number("times", 0));
    return concerned ? this : new Wish(Map.of());
  }

  int status() {
    return number("status", 200);
  }

  int delayMillis() {
    return number("delay", 0);
  }

  int stallMillis() {
    return number("stall", 0);
  }

  /** The connection is closed without an answer. */
  boolean close() {
    return values.containsKey("close");
  }

  /** The name of a cookie to set, or empty. */
  String cookie() {
    return values.getOrDefault("cookie", "");
  }

  /** Where to redirect, or empty. */
  String location() {
    return values.getOrDefault("location", "");
  }

  private int number(String name, int otherwise) {
    return Integer.parseInt(values.getOrDefault(name, Integer.toString(otherwise)));
  }
}
