package dev.heddle.agent.core.inbound;

import dev.heddle.policy.authz.ConnectionAuthorizer;
import dev.heddle.policy.authz.PathReadings;
import dev.heddle.policy.authz.RequestAttributes;
import dev.heddle.policy.authz.TokenClaims;
import dev.heddle.policy.route.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * A request as its container serves it, read in place and only as far as rules ask. Of one thread;
 * an adapter uses it again for the next request, so that judging one allocates nothing.
 */
public abstract class InboundRequest implements RequestAttributes {

  /**
   * Several Host headers, or one that is not the target's: RFC 9112 section 3.2 refuses the first
   * and ignores the second, and servers do neither.
   */
  protected static final String SEVERAL_AUTHORITIES = "it names several hosts";

  private @Nullable String @Nullable [] readings;
  private @Nullable String only;
  private boolean read;
  private int reading;
  private @Nullable String ambiguity;
  private @Nullable TokenClaims token;
  private boolean tokensDone;
  private boolean edited;

  private @Nullable PolicyGate gate;
  private @Nullable InboundConnection connection;
  private @Nullable ConnectionAuthorizer authorizer;

  /** For adapters. */
  protected InboundRequest() {}

  /** What is known of its connection; the same object as long as it is the same connection. */
  protected abstract InboundConnection connection();

  /** The path by which the container chose whom to call; null where that cannot be told. */
  protected abstract @Nullable String servedPath();

  /** The request's target as it was sent, with its query. */
  protected abstract String target();

  /**
   * The app is to see this value of a header and no other, null: none. Only where tokens are looked
   * for; where the container cannot, it throws, and the request is refused.
   */
  protected abstract void setHeader(String lowerCaseName, @Nullable String value);

  /**
   * Something that a rule asked for has several values, and which of them the app takes is not
   * known: whatever is decided, the request is refused.
   */
  protected final void ambiguous(String what) {
    ambiguity = what;
  }

  final @Nullable String ambiguity() {
    return ambiguity;
  }

  /** Forgets what was read of the request before. */
  protected final void begin() {
    beginAgain();
    token = null;
    tokensDone = false;
    edited = false;
  }

  /** It is the same request, by another path: what its token said it still says. */
  protected final void beginAgain() {
    readings = null;
    only = null;
    read = false;
    reading = 0;
    ambiguity = null;
  }

  /** Whether its headers are others now than those that were sent. */
  public final boolean isEdited() {
    return edited;
  }

  final void edit(String lowerCaseName, @Nullable String value) {
    edited = true;
    setHeader(lowerCaseName, value);
  }

  /** Whether tokens are to be looked for in it. */
  final boolean bringsTokens() {
    return !tokensDone;
  }

  final void tokensAreDone() {
    tokensDone = true;
  }

  @Override
  public final @Nullable String path() {
    if (!read) {
      read();
    }
    return readings == null ? only : readings[reading];
  }

  private void read() {
    read = true;
    String served = servedPath();
    String target = target();
    if (served != null && PathReadings.isOnly(served, target)) {
      only = served;
    } else {
      readings = PathReadings.of(served, target);
    }
  }

  /** Turns to another path that the request may mean, if a rule asked for one and there is one. */
  final boolean nextReading() {
    if (readings == null || reading == readings.length - 1) {
      return false;
    }
    reading++;
    return true;
  }

  final void firstReading() {
    reading = 0;
  }

  /** What decides on requests of its connection, made once as long as the policies hold. */
  @SuppressWarnings("ReferenceEquality") // adapters keep the object; equal ones are found behind it
  final ConnectionAuthorizer authorizer(PolicyGate of) {
    InboundConnection current = connection();
    ConnectionAuthorizer known = authorizer;
    if (known == null || gate != of || connection != current) {
      known = of.on(current);
      authorizer = known;
      connection = current;
      gate = of;
    }
    return known;
  }

  @Override
  public final @Nullable TokenClaims token() {
    return token;
  }

  /** What a verified token of the request says. */
  final void believe(TokenClaims claims) {
    token = claims;
  }

  /** A parameter of the query as it was sent, null without one; of several the first. */
  final @Nullable String parameter(String name) {
    return QueryParameters.value(target(), name);
  }
}
