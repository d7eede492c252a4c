package dev.heddle.agent.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.junit.jupiter.api.Test;

/** docs/reference/agent-settings.md is made from {@link Setting}, and is current. */
final class SettingsReferenceTest {

  private static final Path PAGE = Paths.get("../../docs/reference/agent-settings.md");

  private static final String HEAD =
      "# Settings of the agent\n"
          + "\n"
          + "<!-- Made from Setting.java by SettingsReferenceTest, which says how. -->\n"
          + "\n"
          + "A setting is read from the environment, system properties and the agent's arguments, in"
          + " rising precedence:\n"
          + "\n"
          + "```\n"
          + "HEDDLE_CONTROL=127.0.0.1:15010 java -javaagent:heddle-agent.jar -jar app.jar\n"
          + "java -Dheddle.control=127.0.0.1:15010 -javaagent:heddle-agent.jar -jar app.jar\n"
          + "java -javaagent:heddle-agent.jar=control=127.0.0.1:15010,labels=app=shop,version=v1"
          + " -jar app.jar\n"
          + "```\n"
          + "\n"
          + "| environment | property | argument | default | meaning |\n"
          + "|---|---|---|---|---|\n";

  private static final String TAIL =
      "\n"
          + "Among the arguments, a part that names no setting goes on with the list before it:"
          + " `version=v1` above is a label.\n"
          + "\n"
          + "What is unknown or malformed is told in one warning on stderr, with what is expected and,"
          + " for a mistyped name, with the one that was meant; the\n"
          + "default holds and the app starts.\n"
          + "\n"
          + "`MODE` is about the agent's own failures: a class that cannot be woven, an adapter that"
          + " fails. `permissive` counts it, says it once and lets calls pass\n"
          + "as without the agent. `strict` refuses them with a `java.net.ConnectException`, to"
          + " whatever host, for an adapter that fails does not know; and it refuses\n"
          + "to load a library's class that it cannot weave. What it cannot refuse, a class of the"
          + " JDK that was loaded before the agent, it tells. Libraries that no\n"
          + "adapter knows, hosts that no rule or service names, and apps without `CONTROL` are not"
          + " managed in either mode. Servers and pools, which only carry what\n"
          + "calls inherit, go on without a hook that fails in either mode.\n";

  @Test
  void thePageIsCurrent() throws IOException {
    if (Boolean.getBoolean("heddle.docs.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.write(PAGE, page().getBytes(StandardCharsets.UTF_8));
    }
    assertThat(new String(Files.readAllBytes(PAGE), StandardCharsets.UTF_8))
        .as(
            "regenerate with: ./mvnw -pl agent/core -am test -Dtest=SettingsReferenceTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dheddle.docs.write=true")
        .isEqualTo(page());
  }

  private static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    for (Setting setting : Setting.values()) {
      page.append(
          String.format(
              "| `%s` | `%s` | `%s=` | %s | %s |%n",
              setting.environmentName(),
              setting.propertyName(),
              setting.argumentName(),
              setting.defaultValue().isEmpty() ? "empty" : '`' + setting.defaultValue() + '`',
              setting.description()));
    }
    return page.append(TAIL).toString();
  }
}
