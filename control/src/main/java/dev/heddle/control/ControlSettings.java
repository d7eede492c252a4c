package dev.heddle.control;

import dev.heddle.control.ca.AuthoritySettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a control service is run.
 *
 * @param source where its configuration comes from
 * @param grpc where agents connect in plaintext
 * @param http where the admin pages are
 * @param tls where agents connect with their names, or null where there is no authority
 */
record ControlSettings(
    Source source, InetSocketAddress grpc, InetSocketAddress http, @Nullable Tls tls) {

  /** Where configuration comes from. */
  sealed interface Source {}

  /** A directory of YAML. */
  record Directory(Path path) implements Source {}

  /**
   * An API server.
   *
   * @param kubeconfig a file of kubectl's, null to look for one as kubectl does
   * @param namespace where Heddle's own objects are
   * @param webhooks what new objects of the cluster are asked about, null to answer none
   */
  record Kubernetes(@Nullable Path kubeconfig, String namespace, @Nullable Webhooks webhooks)
      implements Source {}

  /**
   * Injection and validation.
   *
   * @param address where the API server calls
   * @param agentImage the image that carries the agent's jar
   * @param nodeImage the image of the node daemon, whose entry point init redirects a pod
   * @param revision namespaces and pods with another revision label are another control's
   */
  record Webhooks(
      InetSocketAddress address, String agentImage, String nodeImage, String revision) {}

  /** The authority and its port. */
  record Tls(InetSocketAddress address, AuthoritySettings authority) {}
}
