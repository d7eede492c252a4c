package dev.heddle.node.warmup;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The few forms of DER (X.690) that a certificate needs. */
final class Der {

  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int UTF8_STRING = 0x0c;
  static final int UTC_TIME = 0x17;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  /** Of a GeneralName: uniformResourceIdentifier. */
  static final int URI = 0x86;

  private static final int EXPLICIT = 0xa0;
  private static final int SHORT_LENGTHS = 0x80;
  private static final int BYTE_BITS = 8;
  private static final int BYTE = 0xff;

  private Der() {}

  /** A value of so many parts. */
  static byte[] of(int tag, byte[]... parts) {
    byte[] content = joined(parts);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < SHORT_LENGTHS) {
      out.write(content.length);
    } else {
      int bytes = content.length <= BYTE ? 1 : 2; // no certificate here has 64 KiB
      out.write(SHORT_LENGTHS | bytes);
      for (int shift = (bytes - 1) * BYTE_BITS; shift >= 0; shift -= BYTE_BITS) {
        out.write(content.length >> shift & BYTE);
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  static byte[] sequence(byte[]... parts) {
    return of(SEQUENCE, parts);
  }

  static byte[] explicit(int number, byte[] value) {
    return of(EXPLICIT | number, value);
  }

  static byte[] text(int tag, String text) {
    return of(tag, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] number(int small) {
    return new byte[] {INTEGER, 1, (byte) small};
  }

  /** Whole bytes. */
  static byte[] bits(byte[] bytes) {
    return of(BIT_STRING, new byte[] {0}, bytes);
  }

  static byte[] yes() {
    return new byte[] {BOOLEAN, 1, (byte) BYTE};
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
