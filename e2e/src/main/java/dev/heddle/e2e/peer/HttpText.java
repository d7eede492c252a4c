package dev.heddle.e2e.peer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** As much of HTTP's text as the programs here need that have no library for it. */
final class HttpText {

  private HttpText() {}

  static List<String> head(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    return lines;
  }

  /** What a client reads of a response. */
  static Arrived arrived(InputStream in, int pauseMillis) throws IOException {
    List<String> head = head(in);
    if (head.isEmpty()) {
      throw new EOFException("no response");
    }
    String name = Peer.RECEIVED + ": ";
    String received =
        head.stream()
            .filter(line -> line.regionMatches(true, 0, name, 0, name.length()))
            .map(line -> line.substring(name.length()))
            .findFirst()
            .orElse("");
    int status = Integer.parseInt(head.get(0).split(" ", 3)[1]);
    return new Arrived(status, received, Payload.read(body(head, in), pauseMillis), null);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().trim();
  }

  static boolean has(List<String> head, String field) {
    return head.stream().anyMatch(field::equalsIgnoreCase);
  }

  static InputStream body(List<String> head, InputStream in) {
    if (has(head, "transfer-encoding: chunked")) {
      return new Chunks(in);
    }
    return head.stream()
        .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
        .findFirst()
        .map(line -> Long.parseLong(line.substring(15).trim()))
        .<InputStream>map(length -> new Counted(in, length))
        .orElseGet(InputStream::nullInputStream);
  }

  /** A body whose length was told. */
  private static final class Counted extends InputStream {
    private final InputStream in;
    private long left;

    Counted(InputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = in.read(target, offset, (int) Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }
  }

  /** A body in chunks. */
  private static final class Chunks extends InputStream {
    private final InputStream in;
    private long left;
    private boolean over;

    Chunks(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0 && !over) {
        left = Long.parseLong(line(in), 16);
        over = left == 0;
        if (over) {
          line(in);
        }
      }
      if (over) {
        return -1;
      }
      int count = in.read(target, offset, (int) Math.min(length, left));
      left -= Math.max(0, count);
      if (left == 0) {
        line(in);
      }
      return count;
    }
  }
}
