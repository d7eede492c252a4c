package dev.heddle.policy.authz;

/** What of a request cannot be told, as bits, so that each is found out once per request. */
final class Unknown {

  private static final int METHOD = 1;
  private static final int PATH = 1 << 1;
  private static final int NEVER_KNOWN = 1 << 2;
  private static final int OTHERS = 1 << 3;

  /** Where there is no request, or none yet. */
  static final int NO_REQUEST = METHOD | PATH | NEVER_KNOWN | OTHERS;

  private Unknown() {}

  static int of(RequestAttributes request) {
    return NEVER_KNOWN
        | (isUpperCase(request.method()) ? 0 : METHOD)
        | (request.path() == null ? PATH : 0);
  }

  /** The bit of an attribute; 0 where a connection tells it. */
  static int bit(Attribute attribute) {
    switch (attribute) {
      case METHOD:
        return METHOD;
      case PATH:
        return PATH;
      case UNSUPPORTED:
        return NEVER_KNOWN;
      default:
        return attribute.isOfRequests() ? OTHERS : 0;
    }
  }

  /** A method that is not in upper case is another to some servers and the same to others. */
  private static boolean isUpperCase(String method) {
    for (int i = 0; i < method.length(); i++) {
      char c = method.charAt(i);
      if ((c >= 'a' && c <= 'z') || c <= ' ' || c >= 0x7F) {
        return false;
      }
    }
    return true;
  }
}
