package dev.heddle.e2e.probe;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the probe is to do, a line of JSON.
 *
 * @param calls how many calls, one after the other in each thread
 * @param threads how many at a time
 * @param untilTold go on until the next line comes; {@code calls} does not count then
 */
public record Ask(
    String method,
    String url,
    Map<String, String> headers,
    @Nullable String body,
    int timeoutMillis,
    int calls,
    int threads,
    boolean untilTold) {}
