package dev.heddle.rules;

/** Text of unknown origin, made fit for one line of a log. */
final class Excerpt {

  /** Characters of a sentence: enough for any of ours, too few to flood a log. */
  static final int SENTENCE_CHARS = 512;

  /** Characters of a value in a sentence: enough to recognise it. */
  static final int VALUE_CHARS = 64;

  private Excerpt() {}

  /** The beginning of the text; control characters, which could forge lines, are escaped. */
  static String of(String text, int maxChars) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().limit(maxChars).forEach(c -> append(shown, c));
    return text.length() > maxChars ? shown.append("...").toString() : shown.toString();
  }

  private static void append(StringBuilder shown, int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          shown.append("\\u%04x".formatted(c));
      default -> shown.appendCodePoint(c);
    }
  }
}
