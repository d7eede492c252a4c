package dev.heddle.control.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command says of calls, by the engine that decides on them. */
class ExplainCommandTest {

  private static final int REFUSED = 3;

  @TempDir private Path rules;

  private final StringWriter said = new StringWriter();

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        rules.resolve("access.yaml"),
        """
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata: {name: readers, namespace: shop}
        spec:
          selector: {matchLabels: {app: reviews}}
          rules:
          - from: [{source: {principals: [cluster.local/ns/shop/sa/productpage]}}]
            to: [{operation: {methods: [GET], paths: ['/reviews/*']}}]
        ---
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata: {name: default, namespace: bank}
        spec: {mtls: {mode: STRICT}}
        """);
  }

  private int explain(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--config", rules.toString()));
    arguments.addAll(List.of(more));
    PrintWriter out = new PrintWriter(said, true);
    return new CommandLine(new ExplainCommand())
        .setOut(out)
        .setErr(out)
        .execute(arguments.toArray(String[]::new));
  }

  private int reviews(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--namespace", "shop", "--label", "app=reviews", "--port", "9080"));
    arguments.addAll(List.of(more));
    return explain(arguments.toArray(String[]::new));
  }

  @Test
  void whoIsLetInIsToldTheRule() {
    int code = reviews("--from", "shop/productpage", "--method", "GET", "--path", "/reviews/1?a=b");

    assertThat(code).isZero();
    assertThat(said.toString())
        .isEqualToNormalizingNewlines(
            "allowed by rule 0 of shop/readers\n  ALLOW shop/readers rule 0: matches\n");
  }

  @Test
  void whoIsRefusedIsToldWhatFails() {
    int code = reviews("--from", "shop/cart", "--method", "POST", "--path", "/reviews/1");

    assertThat(code).isEqualTo(REFUSED);
    assertThat(said.toString())
        .contains("denied: policies that allow apply, and none of their rules matches")
        .contains("from[0] SOURCE_PRINCIPAL in [cluster.local/ns/shop/sa/productpage]")
        .contains("to[0] METHOD in [GET]");
  }

  @Test
  void aPathThatCannotBeToldIsSaid() {
    int code =
        reviews("--from", "shop/productpage", "--method", "GET", "--path", "/reviews/..;/admin");

    assertThat(code).isEqualTo(REFUSED);
    assertThat(said.toString()).contains("path /reviews/..;/admin cannot be told");
  }

  @Test
  void aConnectionWithoutHttpIsDecidedAsOne() {
    assertThat(reviews("--from", "shop/productpage")).isEqualTo(REFUSED);
    assertThat(said.toString()).contains("it is about requests, and there is none");
  }

  @Test
  void aCallerWithoutIdentityIsRefusedByAStrictPort() {
    assertThat(explain("--namespace", "bank", "--port", "80")).isEqualTo(REFUSED);
    assertThat(said.toString()).contains("port 80 is STRICT and the caller has no identity");
    assertThat(explain("--namespace", "bank", "--port", "80", "--from", "shop/cart")).isZero();
  }

  @Test
  void whatIsNoCallerIsWrongUsage() {
    assertThat(reviews("--from", "a/b/c")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(said.toString()).contains("--from: \"a/b/c\" (expected: NAMESPACE/ACCOUNT");
  }
}
