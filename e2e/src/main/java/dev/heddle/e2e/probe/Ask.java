package dev.heddle.e2e.probe;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the probe is to do, a line of JSON. */
public record Ask(
    String method,
    String url,
    Map<String, String> headers,
    @Nullable String body,
    Options options,
    Repeat repeat) {

  /**
   * What the app asks of its client.
   *
   * @param streamed the body comes from a stream that can be read once
   * @param browsing redirects are followed and cookies kept
   * @param proxyPort of a proxy on loopback, 0 for none
   * @param timeoutMillis how long the app waits, 0 for as long as it takes
   * @param cancelMillis when the app gives the call up by itself, 0 for never
   */
  public record Options(
      boolean streamed, boolean browsing, int proxyPort, int timeoutMillis, int cancelMillis) {

    static final Options NONE = new Options(false, false, 0, 0, 0);
  }

  /**
   * How often.
   *
   * @param calls how many calls, one after the other in each thread
   * @param threads how many at a time
   * @param untilTold go on until the next line comes; {@code calls} does not count then
   */
  public record Repeat(int calls, int threads, boolean untilTold) {

    static final Repeat ONCE = new Repeat(1, 1, false);
  }

  /** One call without a body. */
  public static Ask of(String method, String url, Map<String, String> headers) {
    return new Ask(method, url, headers, null, Options.NONE, Repeat.ONCE);
  }

  /** With a body that the client can send again. */
  public Ask sending(@Nullable String text) {
    return new Ask(method, url, headers, text, options, repeat);
  }

  /** With a body that can be sent once. */
  public Ask streaming(String text) {
    return sending(text).with(new Options(true, false, 0, 0, 0));
  }

  /** Following redirects and keeping cookies. */
  public Ask asBrowser() {
    return with(new Options(false, true, 0, 0, 0));
  }

  /** Through a proxy that the app has set. */
  public Ask through(int proxyPort) {
    return with(new Options(false, false, proxyPort, 0, 0));
  }

  /** Waiting no longer than that. */
  public Ask within(int millis) {
    return with(new Options(false, false, 0, millis, 0));
  }

  /** Given up after that time, from another thread. */
  public Ask cancelledAfter(int millis) {
    return with(new Options(false, false, 0, 0, millis));
  }

  private Ask with(Options next) {
    return new Ask(method, url, headers, body, next, repeat);
  }

  /** So many calls in each of so many threads. */
  public Ask times(int count, int inThreads) {
    return new Ask(method, url, headers, body, options, new Repeat(count, inThreads, false));
  }

  /** In so many threads until told to end. */
  public Ask untilTold(int inThreads) {
    return new Ask(method, url, headers, body, options, new Repeat(1, inThreads, true));
  }
}
