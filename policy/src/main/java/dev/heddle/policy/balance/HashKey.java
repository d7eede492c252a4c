package dev.heddle.policy.balance;

/** 64-bit hashes for consistent hashing: FNV-1a with a finalizer, so that neighbours spread. */
public final class HashKey {

  private HashKey() {}

  /** The hash of a text. */
  public static long of(CharSequence text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /** The hash of a text and a number, as of a ring's virtual node. */
  static long of(CharSequence text, int salt) {
    return mix(of(text) + salt * 0x9e3779b97f4a7c15L);
  }

  private static long mix(long hash) {
    long z = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
