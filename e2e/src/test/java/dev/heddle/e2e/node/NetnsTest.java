package dev.heddle.e2e.node;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Tests that make network namespaces: as root, with iptables, iproute2, curl and Python. Where that
 * is not so they are reported as skipped with the reason; with {@code NETNS_TESTS=required} they
 * run and fail.
 */
@Tag("netns")
@ResourceLock("network namespaces") // whose names have this process's number
@ExtendWith(NetnsTest.Condition.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface NetnsTest {

  /** Commands that they need beside. */
  String[] commands() default {};

  /** Looks whether this machine lets them run. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String[] commands =
          context
              .getElement()
              .map(test -> test.getAnnotation(NetnsTest.class))
              .map(NetnsTest::commands)
              .orElse(new String[0]);
      Optional<String> missing = missing(commands);
      if (missing.isEmpty() || "required".equals(System.getenv("NETNS_TESTS"))) {
        return ConditionEvaluationResult.enabled("network namespaces can be made");
      }
      String reason = "not run: " + missing.get() + " (as root: what .ci/run installs)";
      System.err.println("[heddle] " + context.getDisplayName() + " " + reason);
      return ConditionEvaluationResult.disabled(reason);
    }

    private static Optional<String> missing(String[] further) {
      if (!"root".equals(System.getProperty("user.name"))) {
        return Optional.of("only root may make network namespaces");
      }
      return Stream.concat(
              Stream.of("ip", "nsenter", "iptables-nft-restore", "curl", "python3"),
              Stream.of(further))
          .filter(command -> !isInstalled(command))
          .findFirst()
          .map(command -> command + " is not installed")
          .or(Condition::refusal);
    }

    /** Root in a container may still not be allowed to. */
    private static Optional<String> refusal() {
      try {
        Process tried = new ProcessBuilder("unshare", "--net", "true").start();
        return tried.waitFor() == 0
            ? Optional.empty()
            : Optional.of("unshare --net is refused here (CAP_SYS_ADMIN is missing)");
      } catch (IOException e) {
        return Optional.of("unshare cannot be run: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.of("interrupted");
      }
    }

    private static boolean isInstalled(String command) {
      return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
          .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }
  }
}
