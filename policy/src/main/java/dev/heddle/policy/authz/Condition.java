package dev.heddle.policy.authz;

import org.jspecify.annotations.Nullable;

/** An {@link AttributeMatch} made ready. */
abstract class Condition {

  private final AttributeMatch match;
  private final int unknownBit;
  private final boolean values;
  private final boolean notValues;

  Condition(AttributeMatch match) {
    this.match = match;
    unknownBit = Unknown.bit(match.attribute());
    values = !match.values().isEmpty();
    notValues = !match.notValues().isEmpty();
  }

  final AttributeMatch match() {
    return match;
  }

  /** Whether a request may have what it looks at otherwise than its connection. */
  boolean needsRequest() {
    return match.attribute().isOfRequests();
  }

  /**
   * Whether it holds.
   *
   * @param request null where there is none, or none yet
   * @param unknown what of the request cannot be told ({@link Unknown})
   * @param ifUnknown the answer where the attribute cannot be told
   */
  final boolean holds(
      ConnectionAttributes connection,
      @Nullable RequestAttributes request,
      int unknown,
      boolean ifUnknown) {
    if (isUnknown(unknown)) {
      return ifUnknown;
    }
    return (!values || isLike(connection, request))
        && (!notValues || !isLikeNot(connection, request));
  }

  final boolean isUnknown(int unknown) {
    return (unknown & unknownBit) != 0;
  }

  /** Whether the attribute is there and like one of the values. */
  abstract boolean isLike(ConnectionAttributes connection, @Nullable RequestAttributes request);

  /** Whether the attribute is there and like one of the notValues. */
  abstract boolean isLikeNot(ConnectionAttributes connection, @Nullable RequestAttributes request);

  @Override
  public final String toString() {
    String key = match.key().isEmpty() ? "" : '[' + match.key() + ']';
    String like = values ? " in " + match.values() : "";
    String notLike = notValues ? " not in " + match.notValues() : "";
    return match.attribute() + key + like + notLike;
  }
}
