package dev.heddle.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attributes that a condition may name: Istio's authorization policy conditions. */
public enum ConditionKey {
  REQUEST_HEADERS("request.headers", true),
  SOURCE_IP("source.ip", false),
  REMOTE_IP("remote.ip", false),
  SOURCE_NAMESPACE("source.namespace", false),
  SOURCE_PRINCIPAL("source.principal", false),
  SOURCE_SERVICE_ACCOUNT("source.serviceAccount", false),
  REQUEST_AUTH_PRINCIPAL("request.auth.principal", false),
  REQUEST_AUTH_AUDIENCES("request.auth.audiences", false),
  REQUEST_AUTH_PRESENTER("request.auth.presenter", false),
  REQUEST_AUTH_CLAIMS("request.auth.claims", true),
  DESTINATION_IP("destination.ip", false),
  DESTINATION_PORT("destination.port", false),
  CONNECTION_SNI("connection.sni", false),
  /** Envoy's own metadata, which nothing here has. */
  EXPERIMENTAL("experimental.envoy.filters.", true);

  /** What is expected of a key, for whoever wrote another. */
  static final String EXPECTED =
      "request.headers[NAME], request.auth.principal, request.auth.audiences,"
          + " request.auth.presenter, request.auth.claims[NAME], source.ip, remote.ip,"
          + " source.namespace, source.principal, source.serviceAccount, destination.ip,"
          + " destination.port, connection.sni";

  private final String text;
  private final boolean named;

  ConditionKey(String text, boolean named) {
    this.text = text;
    this.named = named;
  }

  /** The attribute of a key, null if Istio has none of that name and form. */
  public static @Nullable ConditionKey of(String key) {
    for (ConditionKey attribute : values()) {
      if (attribute.named ? attribute.isNamedBy(key) : key.equals(attribute.text)) {
        return attribute;
      }
    }
    return null;
  }

  /** Istio: what stands in brackets; nested claims have several pairs of them. */
  private boolean isNamedBy(String key) {
    if (!key.startsWith(text) || !key.endsWith("]") || key.contains("[]")) {
      return false;
    }
    int open = key.indexOf('[');
    return this == EXPERIMENTAL ? open > text.length() : open == text.length();
  }

  /** What stands in the brackets of a key of this attribute, the outermost pair taken off. */
  public static String name(String key) {
    return key.substring(key.indexOf('[') + 1, key.length() - 1);
  }

  void check(List<String> values, Spot spot) {
    switch (this) {
      case SOURCE_IP, REMOTE_IP, DESTINATION_IP -> SecurityText.addresses(values, spot);
      case DESTINATION_PORT -> SecurityText.ports(values, spot);
      case SOURCE_SERVICE_ACCOUNT -> SecurityText.serviceAccounts(values, spot);
      default -> SecurityText.notEmpty(values, spot);
    }
  }
}
