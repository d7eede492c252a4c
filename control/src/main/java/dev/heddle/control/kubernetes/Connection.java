package dev.heddle.control.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to an API server, which all parts of this process share. */
public final class Connection implements AutoCloseable {

  /** An API server that is alive answers within this; a list comes in pages that do. */
  private static final int REQUEST_TIMEOUT_MILLIS = 10_000;

  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

  /** Breaks of a watch are mended this soon; fabric8 doubles it up to 32 times. */
  private static final int RECONNECT_MILLIS = 500;

  /** Tries of one request that the server could not take, doubling from 100 ms: some 3 s. */
  private static final int RETRIES = 5;

  /** An API server that restarts is back by then. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final ServerConfig server;
  private final KubernetesClient client;

  private Connection(ServerConfig server) {
    this.server = server;
    Config config =
        new ConfigBuilder(server.config())
            .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
            .withConnectionTimeout(CONNECT_TIMEOUT_MILLIS)
            .withWatchReconnectInterval(RECONNECT_MILLIS)
            .withRequestRetryBackoffLimit(RETRIES)
            .withUserAgent("heddle-control")
            .build();
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  /**
   * A connection to a server that answers. IOException says where one was looked for, or that it
   * did not answer within 30 s or refuses who asks.
   *
   * @param kubeconfig a file of kubectl's, null to look for one
   */
  public static Connection open(@Nullable Path kubeconfig) throws IOException {
    Connection connection = new Connection(ServerConfig.find(kubeconfig));
    try {
      connection.awaitAnswer();
      return connection;
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void awaitAnswer() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean told = false;
    while (true) {
      try {
        client.getKubernetesVersion();
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED
            || e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
          throw new IOException(this + " refuses these credentials: " + reason(e), e);
        }
        if (System.nanoTime() > end) {
          throw new IOException(
              this + " does not answer: " + reason(e) + "; is it this cluster, and does it run?",
              e);
        }
        if (!told) {
          LOG.warn(
              "{} does not answer, trying for {} s: {}", this, PATIENCE.toSeconds(), reason(e));
          told = true;
        }
        pause();
      }
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(RECONNECT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("told to stop");
    }
  }

  private static String reason(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
  }

  /** Shared by all, for any thread. */
  public KubernetesClient client() {
    return client;
  }

  /** Where it leads and where that was read, for people. */
  @Override
  public String toString() {
    return server.toString();
  }

  @Override
  public void close() {
    client.close();
  }
}
