package dev.heddle.rules;

import dev.heddle.rules.SpecWalk.Finding;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Kubernetes takes as names: RFC 1123 subdomains for objects, labels for namespaces. */
final class ObjectNames {

  private static final int MAX_NAME_CHARS = 253;
  private static final int MAX_NAMESPACE_CHARS = 63;
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]*[a-z0-9])?");
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  private ObjectNames() {}

  /** What is wrong with the names, null if nothing is. */
  static @Nullable Finding check(Metadata metadata) {
    if (metadata.name().length() > MAX_NAME_CHARS || !NAME.matcher(metadata.name()).matches()) {
      return finding("name", metadata.name(), "a-z, 0-9, - and ., at most " + MAX_NAME_CHARS);
    }
    String namespace = metadata.namespace();
    if (namespace.length() > MAX_NAMESPACE_CHARS || !NAMESPACE.matcher(namespace).matches()) {
      return finding("namespace", namespace, "a-z, 0-9 and -, at most " + MAX_NAMESPACE_CHARS);
    }
    return null;
  }

  private static Finding finding(String field, String seen, String expected) {
    String value = Excerpt.of(seen, Excerpt.VALUE_CHARS);
    return new Finding(
        List.of("metadata", field), "is \"" + value + "\" (expected: " + expected + ")");
  }
}
