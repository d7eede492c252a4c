package dev.heddle.policy.route;

import org.jspecify.annotations.Nullable;

/**
 * The head of a request as its library holds it, read in place so that a decision allocates
 * nothing.
 */
public interface CallRequest {

  /** The method, in upper case as HTTP has it. */
  String method();

  /** {@code http} or {@code https}. */
  String scheme();

  /** Host or :authority as the app named it, with its port if it named one. */
  String authority();

  /** The path with its query, beginning with a slash. */
  String path();

  /** The port called, 1 to 65535. */
  int port();

  /**
   * A header by its lower-case name, or null; several values are joined by a comma, as Envoy
   * compares them.
   */
  @Nullable String header(String lowerCaseName);

  /**
   * What is sent beside the app's own headers, before any route changes them; {@link #header} shows
   * it as if the app had set it.
   */
  default HeaderChange inherited() {
    return HeaderChange.NONE;
  }
}
