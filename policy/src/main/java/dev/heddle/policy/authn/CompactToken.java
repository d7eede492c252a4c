package dev.heddle.policy.authn;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** A token taken apart (RFC 7515 compact serialization), before anything of it is believed. */
final class CompactToken {

  /** Characters of a token at most: servers take heads of 8 to 64 KiB. */
  private static final int MAX_CHARS = 65_536;

  private final Map<String, Object> header;
  private final Map<String, Object> claims;
  private final String payload;
  private final byte[] signed;
  private final byte[] signature;

  private CompactToken(
      Map<String, Object> header,
      Map<String, Object> claims,
      String payload,
      byte[] signed,
      byte[] signature) {
    this.header = header;
    this.claims = claims;
    this.payload = payload;
    this.signed = signed;
    this.signature = signature;
  }

  /** IllegalArgumentException with the reason where the text is no signed token. */
  static CompactToken parse(String text) {
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    if (text.length() > MAX_CHARS
        || first < 1
        || second < 0
        || text.indexOf('.', second + 1) >= 0) {
      throw new IllegalArgumentException("the token has not three parts");
    }
    String payload = text.substring(first + 1, second);
    return new CompactToken(
        StrictJson.object(utf8(text.substring(0, first))),
        StrictJson.object(utf8(payload)),
        payload,
        text.substring(0, second).getBytes(StandardCharsets.US_ASCII),
        bytes(text.substring(second + 1)));
  }

  private static byte[] bytes(String base64Url) {
    if (base64Url.indexOf('=') >= 0) {
      throw new IllegalArgumentException("a part of the token is padded");
    }
    return Base64.getUrlDecoder().decode(base64Url);
  }

  private static String utf8(String base64Url) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes(base64Url)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a part of the token is not UTF-8", e);
    }
  }

  /** A text of the header, empty where there is none. */
  String header(String name) {
    Object value = header.get(name);
    return value instanceof String ? (String) value : "";
  }

  boolean hasHeader(String name) {
    return header.containsKey(name);
  }

  Map<String, Object> claims() {
    return claims;
  }

  /** The claims in Base64url, as they were sent. */
  String payload() {
    return payload;
  }

  byte[] signed() {
    return signed;
  }

  byte[] signature() {
    return signature;
  }
}
