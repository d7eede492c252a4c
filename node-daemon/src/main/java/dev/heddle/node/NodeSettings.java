package dev.heddle.node;

import dev.heddle.node.workload.ControlSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a node daemon is run.
 *
 * @param control whom to ask, and as whom
 * @param socket where init hands pods over
 * @param state directory that outlives the process
 * @param admin pages for people
 * @param metrics page for Prometheus
 * @param ready page for the kubelet
 * @param threads event loops that serve all pods
 * @param warmUp how long the daemon calls itself before it says that it is ready; zero: not at all
 * @param drain how long connections may come to an end by themselves when the daemon is stopped
 * @param accessLog file of requests and connections that came to pods, - for stdout; null: none
 */
record NodeSettings(
    ControlSettings control,
    Path socket,
    Path state,
    InetSocketAddress admin,
    InetSocketAddress metrics,
    InetSocketAddress ready,
    int threads,
    Duration warmUp,
    Duration drain,
    @Nullable String accessLog) {}
