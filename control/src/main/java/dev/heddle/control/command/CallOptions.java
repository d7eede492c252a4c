package dev.heddle.control.command;

import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.authz.RequestPath;
import dev.heddle.policy.authz.TokenClaims;
import dev.heddle.policy.identity.SpiffeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that describe a call. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class CallOptions {

  private static final String SCHEME = "spiffe://";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--port",
      required = true,
      paramLabel = "PORT",
      description = "Port of the workload that is called.")
  private int port;

  @Option(
      names = "--from",
      paramLabel = "NAMESPACE/ACCOUNT",
      description = "Who calls, or a whole spiffe:// identity; absent: without mesh TLS.")
  private @Nullable String from;

  @Option(
      names = "--source-ip",
      paramLabel = "IP",
      defaultValue = "127.0.0.1",
      description = "Where it calls from (default: ${DEFAULT-VALUE}).")
  private String sourceIp;

  @Option(
      names = "--destination-ip",
      paramLabel = "IP",
      defaultValue = "127.0.0.1",
      description = "Where it is taken (default: ${DEFAULT-VALUE}).")
  private String destinationIp;

  @Option(names = "--sni", paramLabel = "NAME", description = "Server name that it asks for.")
  private @Nullable String serverName;

  @Option(names = "--method", paramLabel = "METHOD", description = "HTTP method.")
  private @Nullable String method;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      defaultValue = "/",
      description = "Path as it is sent (default: ${DEFAULT-VALUE}).")
  private String path;

  @Option(names = "--host", paramLabel = "HOST", description = "Host or :authority.")
  private @Nullable String host;

  @Option(names = "--header", paramLabel = "NAME=VALUE", description = "A header; repeatable.")
  private Map<String, String> headers = new LinkedHashMap<>();

  @Option(
      names = "--claim",
      paramLabel = "NAME=VALUE",
      description = "A claim of a token that is believed; repeatable.")
  private Map<String, String> claims = new LinkedHashMap<>();

  int port() {
    return port;
  }

  @Nullable String from() {
    return from;
  }

  String path() {
    return path;
  }

  boolean isHttp() {
    return method != null;
  }

  ExplainedCall described(String trustDomain) {
    Map<String, String> byLowerCase = new LinkedHashMap<>();
    headers.forEach((name, value) -> byLowerCase.put(name.toLowerCase(Locale.ROOT), value));
    return new ExplainedCall(
        new ExplainedCall.Connection(
            peer(trustDomain),
            address("--source-ip", sourceIp),
            address("--destination-ip", destinationIp),
            port,
            serverName),
        new ExplainedCall.Request(
            method == null ? "" : method,
            host,
            RequestPath.ofTarget(path),
            byLowerCase,
            claims.isEmpty() ? null : TokenClaims.of(claims, List.of("scope", "permission"))));
  }

  private @Nullable SpiffeId peer(String trustDomain) {
    if (from == null) {
      return null;
    }
    String[] parts = from.split("/", -1);
    String uri =
        parts.length == 2
            ? SCHEME + trustDomain + "/ns/" + parts[0] + "/sa/" + parts[1]
            : from.startsWith(SCHEME) ? from : SCHEME + from;
    SpiffeId peer = SpiffeId.parse(uri);
    if (peer == null) {
      throw wrong("--from", from, "NAMESPACE/ACCOUNT or spiffe://TD/ns/NAMESPACE/sa/ACCOUNT");
    }
    return peer;
  }

  private IpAddress address(String option, String text) {
    IpAddress address = IpAddress.parse(text);
    if (address == null) {
      throw wrong(option, text, "an IP address");
    }
    return address;
  }

  private ParameterException wrong(String option, String seen, String expected) {
    return new ParameterException(
        spec.commandLine(), option + ": \"" + seen + "\" (expected: " + expected + ")");
  }
}
