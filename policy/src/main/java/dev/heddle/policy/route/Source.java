package dev.heddle.policy.route;

import com.google.auto.value.AutoValue;
import java.util.Map;

/** The calling workload, as far as rules can ask for it. */
@AutoValue
public abstract class Source {

  /** The value of its parts; address may be empty. */
  public static Source of(String namespace, Map<String, String> labels, String address) {
    return new AutoValue_Source(namespace, labels, address);
  }

  /** Its namespace. */
  public abstract String namespace();

  /** Its labels. */
  public abstract Map<String, String> labels();

  /** Its address, the key of a hash by source IP. */
  public abstract String address();
}
