package dev.heddle.policy.authn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON object of a token (RFC 8259). Stricter than parsers are: a name that is there
 * twice is refused (RFC 7519 section 4), as two readers could take different ones.
 */
final class StrictJson {

  /** Nested values at most; claims of identity providers have 2 or 3. */
  private static final int MAX_DEPTH = 16;

  private static final int HEX_DIGITS = 4;

  private final String text;
  private int at;

  private StrictJson(String text) {
    this.text = text;
  }

  /**
   * Its members: texts, Long or Double, Boolean, lists and maps; null members are left out.
   * IllegalArgumentException with the reason where it is no object or not strict.
   */
  static Map<String, Object> object(String text) {
    StrictJson json = new StrictJson(text);
    json.space();
    if (json.peek() != '{') {
      throw json.wrong("an object");
    }
    Object value = json.value(0);
    json.space();
    if (json.at != text.length() || !(value instanceof Map)) {
      throw json.wrong("nothing behind the object");
    }
    @SuppressWarnings("unchecked") // only members() makes maps, and all of this type
    Map<String, Object> members = (Map<String, Object>) value;
    return members;
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException(
        "JSON of the token at " + at + " (expected: " + expected + ")");
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void expect(char c) {
    if (peek() != c) {
      throw wrong("'" + c + "'");
    }
    at++;
  }

  private @Nullable Object value(int depth) {
    if (depth > MAX_DEPTH) {
      throw wrong("at most " + MAX_DEPTH + " nested values");
    }
    switch (peek()) {
      case '{':
        return members(depth);
      case '[':
        return items(depth);
      case '"':
        return string();
      case 't':
        return word("true", true);
      case 'f':
        return word("false", false);
      case 'n':
        return word("null", null);
      default:
        return number();
    }
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong(word);
    }
    at += word.length();
    return value;
  }

  private Map<String, Object> members(int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    expect('{');
    space();
    while (peek() != '}') {
      if (!names.isEmpty()) {
        expect(',');
        space();
      }
      String name = string();
      if (members.containsKey(name) || names.contains(name)) {
        throw wrong("each name once");
      }
      names.add(name);
      space();
      expect(':');
      space();
      Object value = value(depth + 1);
      if (value != null) {
        members.put(name, value);
      }
      space();
    }
    at++;
    return Collections.unmodifiableMap(members);
  }

  private List<Object> items(int depth) {
    List<Object> items = new ArrayList<>();
    boolean first = true;
    expect('[');
    space();
    while (peek() != ']') {
      if (!first) {
        expect(',');
        space();
      }
      first = false;
      Object value = value(depth + 1);
      if (value != null) {
        items.add(value);
      }
      space();
    }
    at++;
    return Collections.unmodifiableList(items);
  }

  private String string() {
    expect('"');
    StringBuilder value = new StringBuilder();
    while (peek() != '"') {
      char c = peek();
      if (c < ' ') {
        throw wrong("a text without control characters, closed by a quote");
      }
      at++;
      value.append(c == '\\' ? escaped() : c);
    }
    at++;
    return value.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    switch (c) {
      case '"':
      case '\\':
      case '/':
        return c;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        return unicode();
      default:
        throw wrong("an escape of RFC 8259");
    }
  }

  private char unicode() {
    int value = 0;
    for (int i = 0; i < HEX_DIGITS; i++) {
      char c = peek();
      int digit = c < 0x7F ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw wrong("four hexadecimal digits");
      }
      value = (value << HEX_DIGITS) | digit;
      at++;
    }
    return (char) value;
  }

  private Object number() {
    int from = at;
    boolean whole = true;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      whole &= ".eE".indexOf(text.charAt(at)) < 0;
      at++;
    }
    String digits = text.substring(from, at);
    if (!digits.matches("-?(0|[1-9]\\d{0,18})(\\.\\d{1,18})?([eE][+-]?\\d{1,3})?")) {
      throw wrong("a number of at most 19 digits");
    }
    try {
      return whole ? (Object) Long.valueOf(digits) : (Object) Double.valueOf(digits);
    } catch (NumberFormatException e) {
      throw wrong("a whole number of 64 bits");
    }
  }
}
