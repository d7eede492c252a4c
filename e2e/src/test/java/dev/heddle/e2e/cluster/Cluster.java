package dev.heddle.e2e.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A Kubernetes cluster, in which a test has a namespace. */
public final class Cluster implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final TestCluster running;
  private final String namespace;

  Cluster(TestCluster running, String namespace) {
    this.running = running;
    this.namespace = namespace;
  }

  /** Of an administrator; it works from this machine, and on the node. */
  public Path kubeconfig() {
    return running.kubeconfig();
  }

  /** This test's own. */
  public String namespace() {
    return namespace;
  }

  /**
   * Runs kubectl in the namespace, which other words may name, and returns what it printed.
   *
   * @throws AssertionError with what it said if it ended with an error, or did not end in two
   *     minutes
   */
  public String kubectl(String... words) {
    return succeed(ofKubectl(words));
  }

  /** Runs kubectl, which may fail: for what the API server is to refuse. */
  public Command.Result tryKubectl(String... words) {
    return run(ofKubectl(words));
  }

  /** Makes objects, or changes them to these. */
  public void apply(String yaml) {
    succeed(ofKubectl("apply", "-f", "-").withInput(yaml));
  }

  /** The same of what the API server is to refuse. */
  public Command.Result tryApply(String yaml) {
    return run(ofKubectl("apply", "-f", "-").withInput(yaml));
  }

  /** Makes an object that is a question, such as a TokenReview, and returns the answer in JSON. */
  public String ask(String yaml) {
    return succeed(ofKubectl("create", "-o", "json", "-f", "-").withInput(yaml));
  }

  /**
   * Says of a pod that it runs and is ready, as a kubelet does: for {@link Level#API}, where there
   * is none.
   */
  public void report(String pod, String address) {
    kubectl(
        "patch",
        "pod",
        pod,
        "--subresource=status",
        "--type=merge",
        "-p",
        """
        {"status": {"phase": "Running", "podIP": "%1$s", "podIPs": [{"ip": "%1$s"}],
         "conditions": [{"type": "Ready", "status": "True"}]}}
        """
            .formatted(address));
  }

  /** Runs a command on the node, and returns what it printed. */
  public String onNode(String... words) {
    return succeed(running.command("in", words));
  }

  /** Gives the node images: tars, or directories of such. */
  public void importImages(Path... images) {
    List<String> paths = new ArrayList<>();
    for (Path image : images) {
      paths.add(image.toString());
    }
    succeed(running.command("import", paths.toArray(String[]::new)));
  }

  /** At which pods, the node and the API server find what listens on this machine. */
  public String hostAddress() {
    return running.hostAddress();
  }

  private Command ofKubectl(String... words) {
    List<String> all = new ArrayList<>(List.of("--namespace", namespace));
    all.addAll(List.of(words));
    return running.kubectl(all);
  }

  private static String succeed(Command command) {
    try {
      return command.succeed(LIMIT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Command.Result run(Command command) {
    try {
      return command.run(LIMIT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kubectl("delete", "namespace", namespace, "--wait=false");
  }
}
