package dev.heddle.policy.authz;

/** What a rule can look at: Istio's authorization policy conditions and the fields of its rules. */
public enum Attribute {
  SOURCE_IP(false),
  /** The client behind proxies: the last address of X-Forwarded-For, else the source's. */
  REMOTE_IP(false),
  SOURCE_NAMESPACE(false),
  SOURCE_PRINCIPAL(false),
  /** Values are {@code namespace/account}. */
  SOURCE_SERVICE_ACCOUNT(false),
  SOURCE_TRUST_DOMAIN(false),
  DESTINATION_IP(false),
  DESTINATION_PORT(false),
  CONNECTION_SNI(false),
  HOST(true),
  METHOD(true),
  PATH(true),
  REQUEST_HEADER(true),
  REQUEST_PRINCIPAL(true),
  REQUEST_AUDIENCES(true),
  REQUEST_PRESENTER(true),
  REQUEST_CLAIM(true),
  /** Something that is never known here, like the metadata of Envoy's filters. */
  UNSUPPORTED(true);

  private final boolean ofRequests;

  Attribute(boolean ofRequests) {
    this.ofRequests = ofRequests;
  }

  /** Whether only an HTTP request has it; a connection does not. */
  public boolean isOfRequests() {
    return ofRequests;
  }
}
