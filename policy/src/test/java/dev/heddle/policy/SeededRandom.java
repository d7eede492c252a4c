package dev.heddle.policy;

import dev.heddle.policy.balance.RandomSource;
import java.util.SplittableRandom;

/** Dice that fall the same way in every run. */
public final class SeededRandom implements RandomSource {

  private final SplittableRandom random;

  public SeededRandom(long seed) {
    this.random = new SplittableRandom(seed);
  }

  @Override
  public int nextInt(int bound) {
    return random.nextInt(bound);
  }
}
