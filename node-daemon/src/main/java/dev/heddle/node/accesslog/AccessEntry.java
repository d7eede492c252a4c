package dev.heddle.node.accesslog;

import org.jspecify.annotations.Nullable;

/**
 * A line, by the names of Istio's JSON access log: one request and its answer, or one connection
 * whose requests are not read.
 *
 * @param startMillis since 1970
 * @param request null: of a connection
 * @param responseCode 0: none was given
 * @param responseFlags Envoy's: DC the client left before the answer was whole; empty: none
 * @param responseCodeDetails via_upstream, or why the daemon answered
 * @param durationMillis from the first byte of the request to the last of the answer
 * @param peer the client's SPIFFE ID; null: unknown
 */
public record AccessEntry(
    long startMillis,
    @Nullable Request request,
    int responseCode,
    String responseFlags,
    @Nullable String responseCodeDetails,
    long bytesReceived,
    long bytesSent,
    long durationMillis,
    String upstreamHost,
    String downstreamRemoteAddress,
    @Nullable String requestedServerName,
    @Nullable String peer) {

  /** What a client asked, as it wrote it. */
  public record Request(
      String method,
      String path,
      String protocol,
      @Nullable String authority,
      @Nullable String userAgent,
      @Nullable String requestId,
      @Nullable String forwardedFor) {}
}
