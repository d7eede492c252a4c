package dev.heddle.samples;

import java.io.IOException;

/** Ratings: how many stars. */
public final class Ratings {

  private Ratings() {}

  /** Starts it. */
  public static void main(String[] arguments) throws IOException {
    Shop.serve("ratings", user -> Shop.version());
  }
}
