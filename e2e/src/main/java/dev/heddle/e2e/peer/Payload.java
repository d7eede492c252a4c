package dev.heddle.e2e.peer;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Bytes of a body, which both ends can make by themselves; never more of them in memory at once.
 */
public final class Payload extends InputStream {

  /** Whoever reads a wire may look for it: each body begins with it as far as it is long enough. */
  public static final String MARK = "the body that nobody else may read ";

  private static final int BUFFER_BYTES = 16 * 1024;

  private final long size;
  private long position;

  public Payload(long size) {
    this.size = size;
  }

  private static byte at(long position) {
    if (position < MARK.length()) {
      return (byte) MARK.charAt((int) position);
    }
    return (byte) (position * 31 + (position >> 10));
  }

  @Override
  public int read() {
    return position == size ? -1 : at(position++) & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (position == size) {
      return -1;
    }
    int count = (int) Math.min(length, size - position);
    for (int i = 0; i < count; i++) {
      target[offset + i] = at(position++);
    }
    return count;
  }

  /** Size and hash of so many bytes. */
  public static String of(long size) {
    try {
      return read(new Payload(size), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads to the end.
   *
   * @param pauseMillis after each 64 KiB
   */
  public static String read(InputStream in, int pauseMillis) throws IOException {
    Sum sum = new Sum();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      sum.add(buffer, count, pauseMillis);
    }
    return sum.toString();
  }

  /** Size and hash of what came so far. */
  static final class Sum {

    private static final int PAUSE_EVERY_BYTES = 64 * 1024;

    private final MessageDigest hash;
    private long size;

    Sum() {
      try {
        hash = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    void add(byte[] bytes, int count, int pauseMillis) {
      hash.update(bytes, 0, count);
      long before = size / PAUSE_EVERY_BYTES;
      size += count;
      if (pauseMillis > 0 && size / PAUSE_EVERY_BYTES > before) {
        pause(pauseMillis);
      }
    }

    private static void pause(int millis) {
      try {
        Thread.sleep(millis); // a reader that is slow, on purpose
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public String toString() {
      return size + " " + HexFormat.of().formatHex(hash.digest());
    }
  }
}
