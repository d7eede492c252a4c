package dev.heddle.policy.route;

import com.google.auto.value.AutoValue;

/** Istio {@code HTTPMirrorPolicy}: a copy of the request goes here and its answer is dropped. */
@AutoValue
public abstract class Mirror {

  /** The value of its parts. */
  public static Mirror of(Destination destination, double percent) {
    return new AutoValue_Mirror(destination, percent);
  }

  /** Where. */
  public abstract Destination destination();

  /** Share of the calls, 0 to 100. */
  public abstract double percent();
}
