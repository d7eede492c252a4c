package dev.heddle.agent.core.settings;

import java.util.Locale;

/**
 * Every setting: environment {@code HEDDLE_NAME}, property {@code heddle.name}, argument {@code
 * name=}. docs/reference/agent-settings.md is made from it.
 */
public enum Setting {
  /** Where the control service is. */
  CONTROL("", "`host:port` of the control service; empty: the app runs unmanaged"),
  /** Whether the connection to it is TLS. */
  CONTROL_TLS(
      "auto",
      "TLS to the control service, port 15012, and with it an identity: `on`, `off`, or `auto`: `off`"
          + " where `CONTROL` names the loopback, else `on`"),
  /** Whom to take for the control service. */
  CONTROL_CA(
      "/var/run/secrets/heddle/root-cert.pem",
      "file of the roots that vouch for the control service, PEM; read at each connection"),
  /** The first proof of who this process is. */
  TOKEN_FILE(
      "/var/run/secrets/tokens/heddle-token",
      "file of the token (JWT) that the control service knows the workload by; read at each use"),
  /** Namespace of the workload. */
  NAMESPACE("default", "namespace of the workload: decides on which rules and services it sees"),
  /** Service account of the workload. */
  SERVICE_ACCOUNT("default", "service account of the workload"),
  /** Name of the instance. */
  WORKLOAD("", "name of the instance on control's debug pages; empty: the host's name"),
  /** Labels of the workload. */
  LABELS("", "labels of the workload, `app=reviews,version=v1`; rules match callers by them"),
  /** What becomes of calls that the agent fails at. */
  MODE(
      "permissive",
      "calls that the agent itself fails at: `permissive` lets them pass unmanaged, `strict` refuses them"),
  /** Whether the agent does anything. */
  ENABLED("true", "`true` or `false`; with `false` the agent does nothing"),
  /** How much it says. */
  LOG_LEVEL("info", "`off`, `warn` or `info`; lines go to stderr"),
  /** Where files are kept. */
  STATE_DIR(
      "", "directory for the last good configuration and the woven classes; empty: none are kept"),
  /** The admin port. */
  ADMIN(
      "127.0.0.1:15020", "`host:port` of the admin pages, or `off`; port 0: any, told in the log"),
  /** Patience with the first call. */
  FIRST_CALL_WAIT(
      "1s",
      "how long the first call to a host, or connection to an address, waits for what control says,"
          + " `0s` to `1m` in ms, s or m"),
  /** What calls inherit. */
  PROPAGATE_HEADERS(
      "tracing",
      "headers of an incoming request that go on with its calls, by commas; `tracing` stands for"
          + " x-request-id, traceparent, tracestate, baggage and the like, `off` for none"),
  /** Hosts left alone. */
  EXCLUDE_HOSTS(
      "", "hosts whose calls are left alone, by commas; `*.example.com` covers names below"),
  /** Ports left alone. */
  EXCLUDE_PORTS("", "ports to which calls are left alone, 1 to 65535, by commas"),
  /** Listening ports left alone. */
  EXCLUDE_INBOUND_PORTS(
      "",
      "listening ports of the app whose connections are left alone: no mesh TLS is asked for, no rule"
          + " decides; 1 to 65535, by commas"),
  /** Whether who calls from this very host is a caller as any other. */
  LOCAL_CALLS(
      "judged",
      "plaintext connections from this host's own addresses, as from another container of the pod:"
          + " `judged` as all others, or `trusted`: let in, whatever mode and rules say"),
  /** What the kubelet may ask in plaintext. */
  PROBES(
      "",
      "the pod's HTTP probes, by commas, `8080/healthz` or `https:8443/ready` (a comma in a path:"
          + " `%2C`): the admin port passes `/app-health/` and one of them on to the app, for a kubelet"
          + " has no identity");

  private final String defaultValue;
  private final String description;

  Setting(String defaultValue, String description) {
    this.defaultValue = defaultValue;
    this.description = description;
  }

  /** What holds if it is not set. */
  public String defaultValue() {
    return defaultValue;
  }

  /** One line for the reference and for warnings. */
  public String description() {
    return description;
  }

  /** Whether its values hold commas, as the agent's arguments do. */
  boolean isList() {
    return this == LABELS
        || this == PROPAGATE_HEADERS
        || this == EXCLUDE_HOSTS
        || this == EXCLUDE_PORTS
        || this == EXCLUDE_INBOUND_PORTS
        || this == PROBES;
  }

  /** Name in the environment. */
  public String environmentName() {
    return "HEDDLE_" + name();
  }

  /** Name as a system property. */
  public String propertyName() {
    return "heddle." + argumentName();
  }

  /** Name among the agent's arguments. */
  public String argumentName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
