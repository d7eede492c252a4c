package dev.heddle.policy.authz;

/** What a caller sent, as it may stand in a line for people. */
public final class LoggedText {

  /** Of a method or path; the caller chose it. */
  private static final int MAX_CHARS = 200;

  private LoggedText() {}

  /** Cut, and with nothing in it that could look like a line of ours. */
  public static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    for (int i = 0; i < text.length() && i < MAX_CHARS; i++) {
      char c = text.charAt(i);
      printable.append(c > ' ' && c < 0x7F ? c : '?');
    }
    return text.length() > MAX_CHARS ? printable.append("...").toString() : printable.toString();
  }

  /** The same of a request's target, without its query: those carry passwords and tokens. */
  public static String path(String target) {
    int query = target.indexOf('?');
    return printable(query < 0 ? target : target.substring(0, query));
  }
}
