package dev.heddle.policy.authz;

import org.jspecify.annotations.Nullable;

/** The head of a request as its server holds it, read in place. */
public interface RequestAttributes {

  /** The method as it was sent. */
  String method();

  /** Host or :authority as it was sent, null where there is none. */
  @Nullable String authority();

  /**
   * The path that is served, without its query (see {@link RequestPath}); null where it cannot be
   * told.
   */
  @Nullable String path();

  /**
   * A header by its lower-case name, or null; several values are joined by a comma, as Envoy
   * compares them.
   */
  @Nullable String header(String lowerCaseName);

  /** What a verified token says, null without one. */
  @Nullable TokenClaims token();
}
