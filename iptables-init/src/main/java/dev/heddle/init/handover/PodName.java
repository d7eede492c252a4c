package dev.heddle.init.handover;

import java.util.regex.Pattern;

/** A pod by namespace and name, as Kubernetes lets them be written (RFC 1123). */
public record PodName(String namespace, String name) {

  private static final int NAMESPACE_LENGTH = 63;
  private static final int NAME_LENGTH = 253;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

  public PodName {
    if (namespace.length() > NAMESPACE_LENGTH
        || name.length() > NAME_LENGTH
        || !LABEL.matcher(namespace).matches()
        || !SUBDOMAIN.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"" + namespace + "/" + name + "\" (expected: a pod as NAMESPACE/NAME)");
    }
  }

  /**
   * Reads {@code NAMESPACE/NAME}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static PodName parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("\"" + text + "\" (expected: a pod as NAMESPACE/NAME)");
    }
    return new PodName(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
