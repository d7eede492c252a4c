package dev.heddle.agent.core.context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which headers of an incoming request its calls inherit. */
public final class Propagation {

  /** Stands for {@link #TRACING} in a list of names. */
  public static final String TRACING_NAME = "tracing";

  /**
   * Headers that tie the spans of a request together and mean nothing else: W3C Trace Context and
   * Baggage, B3, and the others of Istio's list "what headers must be propagated".
   */
  public static final List<String> TRACING =
      Collections.unmodifiableList(
          Arrays.asList(
              "x-request-id",
              "traceparent",
              "tracestate",
              "baggage",
              "b3",
              "x-b3-traceid",
              "x-b3-spanid",
              "x-b3-parentspanid",
              "x-b3-sampled",
              "x-b3-flags",
              "x-ot-span-context",
              "x-cloud-trace-context",
              "grpc-trace-bin"));

  /** Names; each is looked up in each incoming request. */
  public static final int MAX_NAMES = 64;

  /** RFC 9110 §5.6.2, a token, in lower case. */
  private static final Pattern TOKEN = Pattern.compile("[-!#$%&'*+.^_`|~0-9a-z]+");

  /** They say how one message is sent or where (RFC 9110 §7.6.1, RFC 9112); never another's. */
  private static final Set<String> OF_ONE_MESSAGE =
      new LinkedHashSet<>(
          Arrays.asList(
              "connection",
              "content-encoding",
              "content-length",
              "content-type",
              "expect",
              "host",
              "keep-alive",
              "proxy-authorization",
              "proxy-connection",
              "te",
              "trailer",
              "transfer-encoding",
              "upgrade"));

  /** Nothing is inherited. */
  public static final Propagation NONE = new Propagation(Collections.emptyList(), () -> {});

  private final List<String> names;
  private final Map<String, String> byWritten = new HashMap<>();
  private final Runnable dropped;

  /**
   * Headers by lower-case name.
   *
   * @param dropped told of each header that is left out because it is too long or not plain
   */
  public Propagation(Collection<String> names, Runnable dropped) {
    this.names = Collections.unmodifiableList(new ArrayList<>(names));
    for (String name : this.names) {
      byWritten.put(name, name);
      byWritten.put(capitalised(name), name);
    }
    this.dropped = dropped;
  }

  /**
   * Names as a person writes them, with {@value #TRACING_NAME} for the usual ones.
   *
   * @throws IllegalArgumentException for a name that is no header or belongs to one message, and
   *     for too many
   */
  public static Set<String> names(Collection<String> written) {
    Set<String> names = new LinkedHashSet<>();
    for (String one : written) {
      String name = one.toLowerCase(Locale.ROOT);
      if (name.equals(TRACING_NAME)) {
        names.addAll(TRACING);
      } else if (TOKEN.matcher(name).matches() && !OF_ONE_MESSAGE.contains(name)) {
        names.add(name);
      } else {
        throw new IllegalArgumentException(name + " is no header that calls may inherit");
      }
    }
    if (names.size() > MAX_NAMES) {
      throw new IllegalArgumentException(
          names.size() + " headers (expected: at most " + MAX_NAMES + ")");
    }
    return names;
  }

  /** Lower-case names to look up in a request. */
  public List<String> names() {
    return names;
  }

  /**
   * The lower-case name of a header that is inherited, or null for all others. Written in lower
   * case or with its first letter a capital, as the JDK's Headers hold it: any other case would
   * cost each header of each request a walk.
   */
  public @Nullable String inherited(String written) {
    return byWritten.get(written);
  }

  private static String capitalised(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** Takes the headers of one request. */
  public RequestContext.Builder request() {
    return new RequestContext.Builder(dropped);
  }
}
