package dev.heddle.e2e.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests in a Kubernetes cluster, which they take as a parameter {@link Cluster} of the constructor,
 * of a method of the life cycle or of a test. One cluster of a level serves all classes of a JVM;
 * each parameter has a namespace of its own, for as long as the class or the test runs.
 *
 * <p>With {@code CLUSTER_TESTS=required} they run, and fail if no cluster can be started. Without,
 * those of level API run where one can be started at once, and all others are reported as skipped
 * with the reason. With {@code HEDDLE_TEST_KUBECONFIG} they run in the cluster of that kubeconfig,
 * as its current user. Classes of level NODE are to be {@code @Isolated}: a node is a load.
 */
@Tag("cluster")
@ExtendWith(ClusterExtension.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ClusterTest {

  /** What the cluster must do. */
  Level level() default Level.API;
}
