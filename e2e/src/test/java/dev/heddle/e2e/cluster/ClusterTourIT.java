package dev.heddle.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.Await;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What the README promises of Kubernetes: pods are injected, obey rules and keep answering. */
@ClusterTest(level = Level.NODE)
@Isolated // calls under load
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
class ClusterTourIT {

  /** What the whole shop answers: storefront, catalog, reviews, ratings and Python. */
  private static final String WHOLE = "catalog=v1 reviews=v\\d .*recommendations=v1 .*status=200";

  /** Calls that are enough to see one in ten go elsewhere: 0.9^100 is 3 in 100,000. */
  private static final int MANY = 100;

  private final Cluster cluster;
  private Installation heddle;
  private String storefront;
  @TempDir Path directory;

  ClusterTourIT(Cluster cluster) {
    this.cluster = cluster;
  }

  @BeforeAll
  void install(@TempDir Path temporary) throws Exception {
    heddle = new Installation(cluster, temporary);
    heddle.images();
    heddle.mesh();
    heddle.shop();
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: stranger}
        spec:
          terminationGracePeriodSeconds: 0
          containers: [{name: app, image: "heddle.test/tools:1", args: ["-c", "sleep 2147483647"]}]
        """);
    cluster.kubectl("wait", "--for=condition=Ready", "pod/stranger", "--timeout=110s");
    storefront = "http://" + address("storefront") + ":9080/";
  }

  private String address(String service) {
    return cluster.kubectl(
        "-n", "shop", "get", "service", service, "-o", "jsonpath={.spec.clusterIP}");
  }

  @Test
  @Order(1)
  void podsOfTheJvmAndOfPythonAnswerTogether() throws Exception {
    Await.until("the whole shop answers", () -> page().matches(WHOLE));
    assertThat(cluster.kubectl("-n", "shop", "logs", "deployment/reviews-v1"))
        .doesNotContain("Exception");
  }

  @Test
  @Order(2)
  void aStrangerWithoutAnIdentityIsRefusedWhereMeshTlsIsAskedFor() {
    assertThat(stranger("http://reviews.shop:9080/reviews/1").exit()).isNotZero();
    assertThat(stranger("http://recommendations.shop:9080/").exit()).isNotZero();
    assertThat(stranger("http://storefront.shop:9080/").output()).contains("catalog=v1");
  }

  @Test
  @Order(3)
  void aCanaryBeginsUnderLoadWithoutAFailure() throws Exception {
    List<String> answers =
        during(
            () -> {
              heddle.rule("dark-release-by-header.yaml");
              Await.until("all go to v1", () -> pages(10).allMatch(a -> a.contains("reviews=v1")));
              heddle.rule("canary-90-10.yaml");
              Await.until("some go to v2", () -> page().contains("reviews=v2"));
            });
    assertThat(answers).allMatch(answer -> answer.matches(WHOLE));
  }

  @Test
  @Order(4)
  void instancesComeAndGoUnderLoadAndHardlyACallIsLost() throws Exception {
    List<String> answers =
        during(
            () -> {
              scale("ratings-v1", 3);
              scale("ratings-v1", 1);
              cluster.kubectl("-n", "shop", "rollout", "restart", "deployment/reviews-v1");
              heddle.rolledOut("shop", "deployment/reviews-v1");
            });
    assertHardlyOneLost(answers);
  }

  @Test
  @Order(5)
  void theMeshItselfIsReplacedUnderLoadAndHardlyACallIsLost() throws Exception {
    List<String> answers =
        during(
            () -> {
              restart("deployment/heddle-control");
              restart("daemonset/heddle-node");
            });
    assertHardlyOneLost(answers);
  }

  @Test
  @Order(6)
  void podsOutsideTheMeshStartWhileTheControlServiceIsDown() {
    cluster.kubectl("-n", "heddle-system", "scale", "deployment/heddle-control", "--replicas=0");
    cluster.kubectl(
        "-n",
        "heddle-system",
        "wait",
        "--for=delete",
        "pod",
        "-l",
        "app.kubernetes.io/name=heddle-control",
        "--timeout=60s");
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: meanwhile}
        spec:
          terminationGracePeriodSeconds: 0
          containers: [{name: app, image: "heddle.test/tools:1", args: ["-c", "sleep 2147483647"]}]
        """);
    cluster.kubectl("wait", "--for=condition=Ready", "pod/meanwhile", "--timeout=60s");
    assertThat(page()).as("what is held goes on").matches(WHOLE);
    cluster.kubectl("-n", "heddle-system", "scale", "deployment/heddle-control", "--replicas=1");
    heddle.rolledOut("heddle-system", "deployment/heddle-control");
  }

  @Test
  @Order(7)
  void nothingIsLeftWhenAllIsDeleted() {
    heddle.remove();
    assertThat(
            cluster.kubectl(
                "get",
                "crd,mutatingwebhookconfiguration,validatingwebhookconfiguration,clusterrole,clusterrolebinding,priorityclass",
                "-o",
                "name"))
        .doesNotContain("heddle", "istio");
    assertThat(
            cluster.onNode("sh", "-c", "iptables-save; ip6tables-save; ls -A /run/heddle || true"))
        .doesNotContainIgnoringCase("heddle");
  }

  /**
   * One call of some 170 and of some 400 was seen to end with its connection, as the app or the
   * daemon that had it ended; one in twenty is far from that.
   */
  private static void assertHardlyOneLost(List<String> answers) {
    List<String> lost = answers.stream().filter(answer -> !answer.matches(WHOLE)).toList();
    assertThat(answers).hasSizeGreaterThan(MANY);
    assertThat(lost).hasSizeLessThanOrEqualTo(answers.size() / 20);
  }

  private interface Work {
    void run() throws Exception;
  }

  private List<String> during(Work work) throws Exception {
    try (Calls calls = Calls.begin(cluster, storefront, directory)) {
      work.run();
      return calls.end();
    }
  }

  private void scale(String deployment, int replicas) {
    cluster.kubectl("-n", "shop", "scale", "deployment/" + deployment, "--replicas=" + replicas);
    heddle.rolledOut("shop", "deployment/" + deployment);
  }

  private void restart(String name) {
    cluster.kubectl("-n", "heddle-system", "rollout", "restart", name);
    heddle.rolledOut("heddle-system", name);
  }

  private String page() {
    return cluster.onNode("curl", "-s", "-m", "10", "-w", " status=%{http_code}", storefront);
  }

  private Stream<String> pages(int count) {
    return Stream.generate(this::page).limit(count);
  }

  private Command.Result stranger(String url) {
    return cluster.tryKubectl("exec", "stranger", "--", "curl", "-sS", "-m", "5", url);
  }
}
