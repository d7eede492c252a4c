package dev.heddle.agent.core.context;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the calls of one incoming request inherit from it; immutable. */
public final class RequestContext {

  /** A request that hands nothing on. */
  public static final RequestContext EMPTY = new RequestContext(Collections.emptyMap());

  private final Map<String, String> headers;

  private RequestContext(Map<String, String> headers) {
    this.headers = headers;
  }

  /** Values by lower-case name; several values of one header are joined by commas. */
  public Map<String, String> headers() {
    return headers;
  }

  /** A header by its lower-case name. */
  public @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }

  /** Whether nothing is handed on. */
  public boolean isEmpty() {
    return headers.isEmpty();
  }

  /** Takes headers as long as they are within the limits. */
  public static final class Builder {

    /**
     * Characters of the values of one request. Twice what W3C asks of baggage, the longest of them
     * (8192 bytes); each call of the request sends them again.
     */
    static final int MAX_CHARS = 16 * 1024;

    private static final char FIRST_VISIBLE = ' ';
    private static final char LAST_VISIBLE = '~';

    private final Runnable dropped;
    private Map<String, String> headers = Collections.emptyMap();
    private int chars;

    Builder(Runnable dropped) {
      this.dropped = dropped;
    }

    /** Adds a header; one that is too long or not plain text is left out as a whole. */
    public void add(String lowerCaseName, String value) {
      if (value.length() > MAX_CHARS - chars || !isPlain(value)) {
        dropped.run();
        return;
      }
      if (headers.isEmpty()) {
        headers = new LinkedHashMap<>();
      }
      headers.put(lowerCaseName, value);
      chars += value.length();
    }

    /** What a line feed in a value would do to the next request is no app's fault. */
    private static boolean isPlain(String value) {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if ((c < FIRST_VISIBLE || c > LAST_VISIBLE) && c != '\t') {
          return false;
        }
      }
      return true;
    }

    /** The context; the builder is not used again. */
    public RequestContext build() {
      return headers.isEmpty() ? EMPTY : new RequestContext(Collections.unmodifiableMap(headers));
    }
  }
}
