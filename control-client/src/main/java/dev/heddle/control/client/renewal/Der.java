package dev.heddle.control.client.renewal;

import java.io.ByteArrayOutputStream;

/** The few forms of DER (X.690) that a certificate request needs. */
final class Der {

  private static final int SEQUENCE = 0x30;
  private static final int BIT_STRING = 0x03;
  private static final int SHORT_LENGTHS = 0x80;
  private static final int BYTE_BITS = 8;
  private static final int BYTE = 0xff;

  /** INTEGER 0. */
  static final byte[] ZERO = {2, 1, 0};

  /** Context tag 0, constructed, empty: no attributes. */
  static final byte[] EMPTY_SET_0 = {(byte) 0xa0, 0};

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return tagged(SEQUENCE, concatenated(parts));
  }

  /** Whole bytes. */
  static byte[] bitString(byte[] bytes) {
    return tagged(BIT_STRING, concatenated(new byte[] {0}, bytes));
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < SHORT_LENGTHS) {
      out.write(content.length);
    } else {
      int bytes = content.length <= BYTE ? 1 : 2; // more than 64 KiB is nobody's request
      out.write(SHORT_LENGTHS | bytes);
      for (int shift = (bytes - 1) * BYTE_BITS; shift >= 0; shift -= BYTE_BITS) {
        out.write(content.length >> shift & BYTE);
      }
    }
    out.write(content, 0, content.length);
    return out.toByteArray();
  }

  private static byte[] concatenated(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.write(part, 0, part.length);
    }
    return out.toByteArray();
  }
}
