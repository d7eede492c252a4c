package dev.heddle.e2e.cluster;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Decides whether tests of a cluster run, and hands them their cluster. */
final class ClusterExtension implements ExecutionCondition, ParameterResolver {

  private static final Namespace STORE = Namespace.create(ClusterExtension.class);

  /** DNS labels have 63 characters; a number follows. */
  private static final int NAME_LIMIT = 40;

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (context.getTestMethod().isPresent()) {
      return ConditionEvaluationResult.enabled("its class runs");
    }
    if (TestCluster.isGiven() || "required".equals(System.getenv("CLUSTER_TESTS"))) {
      return ConditionEvaluationResult.enabled("a cluster is asked for");
    }
    return hindrance(level(context))
        .map(
            hindrance -> {
              String reason = "not run: " + hindrance;
              System.err.println("[heddle] " + context.getDisplayName() + " " + reason);
              return ConditionEvaluationResult.disabled(reason);
            })
        .orElseGet(() -> ConditionEvaluationResult.enabled("a cluster can be started"));
  }

  private static Optional<String> hindrance(Level level) {
    return level == Level.NODE
        ? Optional.of("a node takes a while; run it with CLUSTER_TESTS=required, as CI does")
        : TestCluster.hindrance(level);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Cluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Level level = level(context);
    TestCluster running =
        context
            .getRoot()
            .getStore(STORE)
            .getOrComputeIfAbsent(level, TestCluster::start, TestCluster.class);
    AtomicInteger count =
        context
            .getRoot()
            .getStore(STORE)
            .getOrComputeIfAbsent("namespaces", key -> new AtomicInteger(), AtomicInteger.class);
    // One for the class, and one for each test that asks for it.
    return context
        .getStore(STORE)
        .getOrComputeIfAbsent(
            context.getUniqueId(),
            id -> running.newNamespace(name(context) + "-" + count.incrementAndGet()),
            Cluster.class);
  }

  private static Level level(ExtensionContext context) {
    for (Class<?> test = context.getRequiredTestClass(); test != null; ) {
      ClusterTest annotation = test.getAnnotation(ClusterTest.class);
      if (annotation != null) {
        return annotation.level();
      }
      test = test.getEnclosingClass();
    }
    throw new IllegalStateException(context.getDisplayName() + " has no @ClusterTest");
  }

  /** A name that says whose the namespace is. */
  private static String name(ExtensionContext context) {
    String name =
        context
            .getRequiredTestClass()
            .getSimpleName()
            .replaceAll("([a-z])([A-Z])", "$1-$2")
            .toLowerCase(Locale.ROOT);
    return name.substring(0, Math.min(name.length(), NAME_LIMIT));
  }
}
