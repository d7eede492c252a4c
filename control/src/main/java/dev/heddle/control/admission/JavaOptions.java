package dev.heddle.control.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Puts the agent behind the options that a JVM takes from its environment, wherever the app has
 * them from: decision 75. What the image itself sets cannot be seen and is replaced.
 */
final class JavaOptions {

  static final String AGENT = "-javaagent:/heddle/heddle-agent.jar";

  /** Read by every JVM. */
  static final String OF_ANY_JVM = "JAVA_TOOL_OPTIONS";

  /** Read by the java command from JDK 9 on. */
  static final String OF_THE_LAUNCHER = "JDK_JAVA_OPTIONS";

  /** Has both variables, empty: what holds where envFrom brings none. */
  static final String DEFAULTS = "heddle-java-options";

  /** JDK 8 reads them into a buffer of this size, and leaves out what does not fit. */
  private static final int JDK8_MAX_CHARS = 1_023;

  private static final String MOVED = "HEDDLE_APP_";

  private final String variable;

  /** Extends the variable of that name. */
  JavaOptions(String variable) {
    this.variable = variable;
  }

  /** What the user should know of it, if anything. */
  Optional<String> extend(ObjectNode container) {
    Optional<ObjectNode> held = PodTree.named(container.path("env"), variable);
    if (held.isPresent() && held.get().has("valueFrom")) {
      extendReference(container, held.get());
    } else if (held.isPresent()) {
      return extendText(held.get());
    } else if (mayComeFromElsewhere(container.path("envFrom"))) {
      putDefaultsFirst(PodTree.array(container, "envFrom"));
      add(container, "$(" + variable + ") " + AGENT);
    } else {
      add(container, AGENT);
    }
    return Optional.empty();
  }

  private void add(ObjectNode container, String value) {
    PodTree.array(container, "env").addObject().put("name", variable).put("value", value);
  }

  private Optional<String> extendText(ObjectNode held) {
    String options = held.path("value").asText("");
    if (options.contains(AGENT)) {
      return Optional.empty();
    }
    String extended = options.isBlank() ? AGENT : options.stripTrailing() + " " + AGENT;
    held.put("value", extended);
    return extended.length() > JDK8_MAX_CHARS
        ? Optional.of(
            variable
                + " has "
                + extended.length()
                + " characters, of which JDK 8 takes none beyond "
                + JDK8_MAX_CHARS
                + "; put some of them on the command line")
        : Optional.empty();
  }

  /** The app's value moves to a name of ours, of which Kubernetes makes the whole. */
  private void extendReference(ObjectNode container, ObjectNode held) {
    ArrayNode env = PodTree.array(container, "env");
    String moved = MOVED + variable;
    int at = lastNamed(env, variable);
    held.put("name", moved);
    ObjectNode whole = env.objectNode().put("name", variable);
    whole.put("value", "$(" + moved + ") " + AGENT);
    env.insert(at + 1, whole);
    if (mayBeAbsent(held.path("valueFrom"))) {
      // Kubernetes leaves a reference to nothing as it stands, and no JVM starts with that.
      env.insert(at, env.objectNode().put("name", moved).put("value", ""));
    }
  }

  private static int lastNamed(ArrayNode env, String name) {
    int at = env.size() - 1;
    while (!env.path(at).path("name").asText().equals(name)) {
      at--;
    }
    return at;
  }

  private static boolean mayBeAbsent(JsonNode valueFrom) {
    return valueFrom.properties().stream()
        .anyMatch(source -> source.getValue().path("optional").asBoolean());
  }

  private boolean mayComeFromElsewhere(JsonNode envFrom) {
    return PodTree.objects(envFrom).stream()
        .anyMatch(source -> variable.startsWith(source.path("prefix").asText("")));
  }

  /** What comes later holds, so the app's own is never hidden. */
  private static void putDefaultsFirst(ArrayNode envFrom) {
    boolean there =
        PodTree.objects(envFrom).stream()
            .anyMatch(each -> each.at("/configMapRef/name").asText().equals(DEFAULTS));
    if (!there) {
      ObjectNode defaults = envFrom.objectNode();
      defaults.putObject("configMapRef").put("name", DEFAULTS);
      envFrom.insert(0, defaults);
    }
  }
}
