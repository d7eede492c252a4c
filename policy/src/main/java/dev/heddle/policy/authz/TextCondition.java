package dev.heddle.policy.authz;

import org.jspecify.annotations.Nullable;

/** A condition on an attribute that is one text. */
abstract class TextCondition extends Condition {

  private final TextMatcher[] like;
  private final TextMatcher[] notLike;

  TextCondition(AttributeMatch match, TextMatcher[] like, TextMatcher[] notLike) {
    super(match);
    this.like = like;
    this.notLike = notLike;
  }

  /** What it must be like, one of them; empty for anything. */
  final TextMatcher[] like() {
    return like;
  }

  /** The attribute, null where it is absent. */
  abstract @Nullable String text(
      ConnectionAttributes connection, @Nullable RequestAttributes request);

  @Override
  final boolean isLike(ConnectionAttributes connection, @Nullable RequestAttributes request) {
    return TextMatcher.any(like, text(connection, request));
  }

  @Override
  final boolean isLikeNot(ConnectionAttributes connection, @Nullable RequestAttributes request) {
    return TextMatcher.any(notLike, text(connection, request));
  }
}
