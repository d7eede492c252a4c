package dev.heddle.policy.violation;

import dev.heddle.api.codec.ResourceType;
import java.io.File;
import java.util.Random;

/** Asks the world instead of its arguments. */
public final class CuriousPolicy {

  /** Reads a file, the clock and the dice, and knows the wire. */
  public long decide(File file) {
    int wire = ResourceType.class.hashCode();
    return System.nanoTime() + new Random().nextInt() + file.length() + wire;
  }
}
