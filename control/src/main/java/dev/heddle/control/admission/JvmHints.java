package dev.heddle.control.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What in a container's definition says that a JVM runs in it. The image itself is not looked into:
 * docs/reference/injection.md lists the hints, and how to say it where none is there.
 */
final class JvmHints {

  /** Names the pod's containers with a JVM, by commas; no others are taken for one then. */
  static final String CONTAINERS = "heddle.dev/jvm-containers";

  /** Words of an image's name, digits and all behind them left out: {@code openjdk17}. */
  private static final Pattern IMAGE_WORD =
      Pattern.compile(
          "(java|jdk|jre|openjdk|temurin|corretto|amazoncorretto|zulu|liberica|semeru|sapmachine"
              + "|dragonwell|openj9|tomcat|tomee|jetty|wildfly|jboss|payara|openliberty|liberty"
              + "|undertow|spring|springboot|quarkus|micronaut|dropwizard|kotlin|scala|akka|pekko)"
              + "\\d*");

  /** A word that says that there is no JVM although it was written in Java. */
  private static final Set<String> NATIVE = Set.of("native", "graalvm");

  /** Variables that nobody sets but for a JVM. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "JAVA_.*|JDK_JAVA_OPTIONS|_JAVA_OPTIONS|JVM_.*|CATALINA_.*|JAVA|SPRING_.*|QUARKUS_.*"
              + "|MICRONAUT_.*|MAVEN_OPTS|GRADLE_OPTS|JBOSS_.*|WILDFLY_.*|BPL_JVM_.*");

  private static final Pattern JAVA_COMMAND = Pattern.compile("(.*[/\\s;&|(]|)java(\\s.*|)");
  private static final Pattern JAR = Pattern.compile(".*\\.[jw]ar(\\s.*|)");

  private JvmHints() {}

  /** Why there is a JVM in the container; empty where nothing says so. */
  static Optional<String> of(PodTree pod, ObjectNode container) {
    String name = container.path("name").asText();
    String named = pod.annotation(CONTAINERS);
    if (!named.isEmpty()) {
      boolean listed = Arrays.asList(named.replace(" ", "").split(",", -1)).contains(name);
      return listed ? Optional.of("named in " + CONTAINERS) : Optional.empty();
    }
    Optional<String> command = command(container);
    return command.isPresent() || isNative(container)
        ? command
        : image(container).or(() -> variable(container));
  }

  private static Optional<String> command(ObjectNode container) {
    for (String field : List.of("command", "args")) {
      for (JsonNode word : container.path(field)) {
        String text = word.asText().strip();
        String line = text.replace('\n', ' ');
        if (JAVA_COMMAND.matcher(line).matches() || JAR.matcher(line).matches()) {
          return Optional.of(field + " calls java");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isNative(ObjectNode container) {
    return imageWords(container).anyMatch(NATIVE::contains);
  }

  private static Optional<String> image(ObjectNode container) {
    return imageWords(container)
        .filter(word -> IMAGE_WORD.matcher(word).matches())
        .findFirst()
        .map(word -> "image has \"" + word + "\" in its name");
  }

  private static Stream<String> imageWords(ObjectNode container) {
    String image = container.path("image").asText().toLowerCase(Locale.ROOT);
    int digest = image.indexOf('@');
    return Arrays.stream((digest < 0 ? image : image.substring(0, digest)).split("[/:._-]", -1));
  }

  private static Optional<String> variable(ObjectNode container) {
    return PodTree.objects(container.path("env")).stream()
        .filter(JvmHints::isTheApps)
        .map(variable -> variable.path("name").asText())
        .filter(name -> VARIABLE.matcher(name).matches())
        .findFirst()
        .map(name -> "variable " + name);
  }

  /** Not one that only an earlier pass has put there. */
  private static boolean isTheApps(ObjectNode variable) {
    String own = "$(" + variable.path("name").asText() + ")";
    return variable.has("valueFrom")
        || !variable
            .path("value")
            .asText("")
            .replace(JavaOptions.AGENT, "")
            .replace(own, "")
            .isBlank();
  }
}
