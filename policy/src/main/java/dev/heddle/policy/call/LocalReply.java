package dev.heddle.policy.call;

import com.google.auto.value.AutoValue;
import java.util.Collections;
import java.util.Map;

/** An answer that the mesh itself gives, as a sidecar would. */
@AutoValue
public abstract class LocalReply {

  /** Header that tells a local reply from a response of the service. */
  public static final String REASON_HEADER = "heddle-reason";

  /** No route of the host matched the call. */
  public static final String ROUTE_NOT_FOUND = "route_not_found";

  /** No endpoint of the cluster or subset can be called. */
  public static final String NO_HEALTHY_UPSTREAM = "no_healthy_upstream";

  /** A limit of the connection pool is reached. */
  public static final String UPSTREAM_OVERFLOW = "upstream_overflow";

  /** The route's timeout passed. */
  public static final String REQUEST_TIMEOUT = "upstream_request_timeout";

  /** The last attempt's own timeout passed. */
  public static final String PER_TRY_TIMEOUT = "upstream_per_try_timeout";

  /** Fault injection aborted the call. */
  public static final String FAULT_ABORT = "fault_filter_abort";

  /** The route redirects. */
  public static final String REDIRECT = "redirect";

  /** The route answers by itself. */
  public static final String DIRECT_RESPONSE = "direct_response";

  static LocalReply of(int status, String reason, String body) {
    return of(status, reason, body, Collections.emptyMap());
  }

  static LocalReply of(int status, String reason, String body, Map<String, String> headers) {
    return new AutoValue_LocalReply(status, reason, body, headers);
  }

  /** HTTP status, 200 to 599. */
  public abstract int status();

  /** One of the constants of this class. */
  public abstract String reason();

  /** Body, UTF-8 text. */
  public abstract String body();

  /** Headers beside {@link #REASON_HEADER}, content-type and content-length. */
  public abstract Map<String, String> headers();
}
