package dev.heddle.control.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.heddle.rules.GoDuration;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Whom a token is for. */
class TokenCommandTest {

  private static final int WRONG_USAGE = 2;

  @TempDir private Path ca;

  private final StringWriter said = new StringWriter();

  private int token(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--ca-dir", ca.toString()));
    arguments.addAll(List.of(more));
    PrintWriter out = new PrintWriter(said, true);
    return new CommandLine(new TokenCommand())
        .registerConverter(Duration.class, text -> GoDuration.parse(text).value())
        .setOut(out)
        .setErr(out)
        .execute(arguments.toArray(String[]::new));
  }

  private JWTClaimsSet claims() throws Exception {
    return SignedJWT.parse(said.toString().strip()).getJWTClaimsSet();
  }

  @Test
  void aWorkloadsSaysItsIdentity() throws Exception {
    assertThat(token("--namespace", "shop", "--service-account", "reviews")).isZero();

    assertThat(claims().getSubject()).isEqualTo("spiffe://cluster.local/ns/shop/sa/reviews");
    assertThat(claims().getClaim("node")).isNull();
  }

  @Test
  void aNodesSaysWhichNode() throws Exception {
    assertThat(token("--node", "worker-1.example.com")).isZero();

    assertThat(claims().getSubject())
        .isEqualTo("spiffe://cluster.local/ns/heddle-system/sa/heddle-node");
    assertThat(claims().getClaim("node")).isEqualTo("worker-1.example.com");
  }

  @Test
  void oneOfTheTwoIsToBeNamed() {
    assertThat(token()).isEqualTo(WRONG_USAGE);
    assertThat(said.toString()).contains("Missing required option: '--namespace=NAMESPACE'");
    assertThat(token("--node", "a", "--namespace", "shop")).isEqualTo(WRONG_USAGE);
    assertThat(said.toString()).contains("--node and --namespace (expected: one of them)");
    assertThat(token("--node", "A/B")).isEqualTo(WRONG_USAGE);
    assertThat(said.toString()).contains("node \"A/B\" (expected: a name of a-z");
  }
}
