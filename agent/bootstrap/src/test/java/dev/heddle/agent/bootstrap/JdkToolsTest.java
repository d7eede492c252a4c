package dev.heddle.agent.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JdkToolsTest {

  @ParameterizedTest
  @CsvSource({
    "jdk.compiler, jdk.compiler/com.sun.tools.javac.Main -version",
    "jdk.jcmd, jdk.jcmd/sun.tools.jps.Jps",
    "'', java.base/sun.security.tools.keytool.Main -help",
    "'', sun.tools.jps.Jps", // Java 8
  })
  void toolsAreKnownByTheirModuleOrTheirMainClass(String module, String command) {
    assertThat(JdkTools.running(module, command)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "com.example.App",
        "app.jar --port 8080",
        "com.example/com.example.App",
        "jdk.compiler/com.sun.tools.javac.launcher.Main App.java", // Java 11 to 21
        "jdk.compiler/com.sun.tools.javac.launcher.SourceLauncher App.java"
      })
  void appsAreAppsHoweverTheyAreStarted(String command) {
    assertThat(JdkTools.running("", command)).isFalse();
    if (command.contains("launcher")) { // its module is the compiler's
      assertThat(JdkTools.running("jdk.compiler", command)).isFalse();
    }
  }
}
