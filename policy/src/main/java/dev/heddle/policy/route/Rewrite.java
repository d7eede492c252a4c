package dev.heddle.policy.route;

import com.google.auto.value.AutoValue;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPRewrite}: what is sent instead of the path or authority that the app named. */
@AutoValue
public abstract class Rewrite {

  /** The value of its parts. */
  public static Rewrite of(
      @Nullable String uri,
      @Nullable String authority,
      @Nullable String regex,
      @Nullable String regexRewrite) {
    return new AutoValue_Rewrite(uri, authority, regex, regexRewrite);
  }

  /** Replaces the matched prefix, or the whole path of an exact or regex match. */
  public abstract @Nullable String uri();

  /** Replaces Host or :authority. */
  public abstract @Nullable String authority();

  /** RE2 expression replaced in the path ({@code uriRegexRewrite.match}). */
  public abstract @Nullable String regex();

  /** Replacement for regex, with \1 for its groups. */
  public abstract @Nullable String regexRewrite();
}
