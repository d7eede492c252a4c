package dev.heddle.policy.route;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A fixed hash table from path to ordinals, looked up by a region of a string without cutting it;
 * other texts do as well.
 */
public final class ExactPaths {

  private static final int[] NOTHING = {};

  private final String[] paths;
  private final int[][] ordinals;
  private final int mask;

  private ExactPaths(Map<String, int[]> entries) {
    int size = Integer.highestOneBit(Math.max(1, entries.size()) * 4 - 1);
    paths = new String[size];
    ordinals = new int[size][];
    mask = size - 1;
    entries.forEach(this::put);
  }

  private void put(String path, int[] values) {
    int slot = hash(path, path.length()) & mask;
    while (paths[slot] != null) {
      slot = (slot + 1) & mask;
    }
    paths[slot] = path;
    ordinals[slot] = values;
  }

  /** The ordinals of the path that ends at end, in ascending order. */
  public int[] find(String path, int end) {
    for (int slot = hash(path, end) & mask; paths[slot] != null; slot = (slot + 1) & mask) {
      String known = paths[slot];
      if (known.length() == end && path.startsWith(known)) {
        return ordinals[slot];
      }
    }
    return NOTHING;
  }

  private static int hash(String text, int end) {
    int hash = 0;
    for (int i = 0; i < end; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    // Fibonacci hashing: paths that differ in their last digits must not fill neighbouring slots.
    hash *= 0x9e3779b9;
    return hash ^ (hash >>> 16);
  }

  /** Collects paths and their ordinals. */
  public static final class Builder {
    private final Map<String, int[]> entries = new LinkedHashMap<>();

    /** Adds an ordinal, greater than those added before, to those of a path. */
    public void add(String path, int ordinal) {
      entries.merge(path, new int[] {ordinal}, Builder::concat);
    }

    /** The table. */
    public ExactPaths build() {
      return new ExactPaths(entries);
    }

    private static int[] concat(int[] first, int[] second) {
      int[] both = Arrays.copyOf(first, first.length + second.length);
      System.arraycopy(second, 0, both, first.length, second.length);
      return both;
    }
  }
}
