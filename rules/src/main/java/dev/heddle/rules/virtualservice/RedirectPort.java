package dev.heddle.rules.virtualservice;

/** Istio {@code HTTPRedirect.RedirectPortSelection}. */
public enum RedirectPort {
  FROM_PROTOCOL_DEFAULT,
  FROM_REQUEST_PORT
}
