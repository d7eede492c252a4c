package dev.heddle.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** MODE: what becomes of calls that the agent fails at. Seen with jars that lack a class. */
final class AgentModeIT {

  /** On the path of each call. */
  private static final String ADAPTER = "httpurlconnection/ManagedConnection.classdata";

  /** What is woven into the library. */
  private static final String ADVICE = "httpurlconnection/InputAdvice.classdata";

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void permissiveLetsACallPassThatAnAdapterFailsAt(Path java) throws Exception {
    ForkedJvm app = run(java, ADAPTER, "permissive");
    assertThat(app.out).isEqualTo("UnknownHostException");
    assertThat(app.err).contains("[heddle] warning: ").contains("ManagedConnection");
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void strictRefusesACallThatAnAdapterFailsAt(Path java) throws Exception {
    ForkedJvm app = run(java, ADAPTER, "strict");
    assertThat(app.out).isEqualTo("ConnectException");
    assertThat(app.err).contains("[heddle] warning: ").contains("ManagedConnection");
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void permissiveLoadsAClassThatCannotBeWoven(Path java) throws Exception {
    ForkedJvm app = run(java, ADVICE, "permissive");
    assertThat(app.out).isEqualTo("UnknownHostException");
    assertThat(app.err).contains("cannot be placed; its calls pass unmanaged");
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void strictRefusesAClassThatCannotBeWoven(Path java) throws Exception {
    ForkedJvm app = run(java, ADVICE, "strict");
    assertThat(app.out).isEmpty();
    assertThat(app.exit).isNotZero();
    assertThat(app.err).contains("cannot be placed; the class is refused");
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void strictRefusesNothingThatOnlyCarriesContext(Path java) throws Exception {
    ForkedJvm app = run(java, "executors/PoolExecuteAdvice.classdata", "strict", TrivialApp.class);
    assertThat(app.out).isEqualTo("done");
    assertThat(app.err).contains("cannot be placed; its calls pass unmanaged");
  }

  private ForkedJvm run(Path java, String missing, String mode) throws Exception {
    return run(java, missing, mode, MeshApp.class, "http://reviews.invalid:9080/");
  }

  private ForkedJvm run(Path java, String missing, String mode, Class<?> main, String... arguments)
      throws Exception {
    String settings = "=control=127.0.0.1:1,admin=off,first_call_wait=0s,mode=" + mode;
    Path agent = BrokenAgent.without(missing, folder);
    return ForkedJvm.run(
        folder, java, Collections.singletonList("-javaagent:" + agent + settings), main, arguments);
  }
}
