package dev.heddle.control.serve;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An encoded resource and the hash of its content. */
public record VersionedResource(String version, ByteString bytes) {

  /** Bytes of a content hash: enough that two contents never share one. */
  private static final int VERSION_BYTES = 12;

  /** A message as it is sent. */
  static VersionedResource of(MessageLite message) {
    byte[] bytes = encoded(message);
    return new VersionedResource(version(bytes), ByteString.copyFrom(bytes));
  }

  /** Maps in the order of their keys, so that a restarted process gives the same versions. */
  private static byte[] encoded(MessageLite message) {
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
      return bytes;
    } catch (IOException e) {
      throw new IllegalStateException("an array of the size that was told is too small", e);
    }
  }

  private static String version(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, VERSION_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
