package dev.heddle.rules;

import java.util.Map;

/**
 * Who an object is.
 *
 * @param created creation time as Kubernetes writes it, empty where there is none
 */
public record Metadata(
    String namespace,
    String name,
    Map<String, String> labels,
    Map<String, String> annotations,
    String created) {

  /** Where an object lives that names no namespace. */
  public static final String DEFAULT_NAMESPACE = "default";
}
