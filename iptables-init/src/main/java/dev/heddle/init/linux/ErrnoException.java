package dev.heddle.init.linux;

import java.io.IOException;

/** A system call failed. The numbers are those of Linux on x86-64 and arm64. */
public final class ErrnoException extends IOException {

  public static final int ENOENT = 2;
  public static final int EINTR = 4;
  public static final int EAGAIN = 11;
  public static final int EADDRINUSE = 98;
  public static final int ENETUNREACH = 101;
  public static final int ECONNREFUSED = 111;
  public static final int EINPROGRESS = 115;

  private final int errno;

  ErrnoException(String call, int errno) {
    super(call + ": " + text(errno));
    this.errno = errno;
  }

  /** The number of the error. */
  public int errno() {
    return errno;
  }

  /** Whether the time that the socket was given is over. */
  public boolean isTimeout() {
    return errno == EAGAIN || errno == EINPROGRESS;
  }

  private static String text(int errno) {
    return switch (errno) {
      case 1 -> "operation not permitted";
      case ENOENT -> "no such file";
      case EAGAIN, EINPROGRESS, 110 -> "timed out";
      case 13 -> "permission denied";
      case 32 -> "closed by the other side";
      case EADDRINUSE -> "address in use";
      case ENETUNREACH -> "network unreachable";
      case 104 -> "connection reset";
      case ECONNREFUSED -> "connection refused";
      case 113 -> "no route to host";
      default -> "errno " + errno;
    };
  }
}
