package dev.heddle.node.capture;

import dev.heddle.init.handover.CaptureRequest;
import dev.heddle.init.handover.PodName;
import dev.heddle.init.linux.NetworkNamespace;
import dev.heddle.node.pod.Pod;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * From a claim and a namespace to a pod that listens: asks control who it is, and compares the
 * addresses that control knows with those in the namespace, so that nobody gets another's identity
 * by its name.
 */
final class PodOpening {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.node");

  private final NetworkNamespace home;
  private final EventLoopGroup loops;
  private final PodRegistry registry;
  private final PodListeners listeners;
  private final CapturedPods pods;
  private final CaptureLimits limits;
  private final Admission admission;
  private final Consumer<Pod> left;

  /** The kernel refuses for all pods alike: the first is enough to say so. */
  private final AtomicBoolean migrates = new AtomicBoolean(true);

  /**
   * @param left told of each pod that was closed
   */
  PodOpening(
      NetworkNamespace home,
      EventLoopGroup loops,
      PodRegistry registry,
      PodListeners listeners,
      CapturedPods pods,
      CaptureLimits limits,
      Admission admission,
      Consumer<Pod> left) {
    this.home = home;
    this.loops = loops;
    this.registry = registry;
    this.listeners = listeners;
    this.pods = pods;
    this.limits = limits;
    this.admission = admission;
    this.left = left;
  }

  /**
   * Completes on the loop, with a pod that listens and is not among the captured ones yet.
   *
   * @param namespace belongs to the pod from here on, or is closed where there will be none
   */
  CompletableFuture<CapturedPod> open(
      CaptureRequest request, NetworkNamespace namespace, EventLoop loop) {
    if (namespace.inode() == home.inode()) {
      namespace.close();
      return CompletableFuture.failedFuture(
          new RefusedException(
              "refused: "
                  + request.pod()
                  + " is in the node's own network namespace; pods with hostNetwork are not"
                  + " captured"));
    }
    if (request.dnsPort().isPresent() && request.resolvers().isEmpty()) {
      namespace.close();
      return CompletableFuture.failedFuture(
          new RefusedException(
              "refused: DNS of "
                  + request.pod()
                  + " is to be captured, and nobody is named to ask (expected: resolvers=)"));
    }
    if (!pods.reserve()) {
      namespace.close();
      return CompletableFuture.failedFuture(
          new RefusedException("full: " + limits.pods() + " of " + limits.pods() + " pods"));
    }
    return lease(request.pod())
        .whenCompleteAsync(
            (lease, failure) -> {
              if (failure != null) {
                namespace.close();
                pods.release();
              }
            },
            loop)
        .thenComposeAsync(lease -> listen(request, namespace, lease, loop), loop);
  }

  private CompletableFuture<PodLease> lease(PodName name) {
    CompletableFuture<PodLease> asked = registry.lease(name);
    return asked
        .copy()
        .orTimeout(limits.registration().toNanos(), TimeUnit.NANOSECONDS)
        .exceptionallyCompose(
            failure -> {
              // A lease that comes all the same is not kept.
              asked.whenComplete(
                  (late, end) -> {
                    if (late != null) {
                      late.close();
                    }
                  });
              asked.cancel(false);
              return CompletableFuture.failedFuture(unknown(name, failure));
            });
  }

  private RefusedException unknown(PodName name, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    String reason =
        cause instanceof TimeoutException
            ? "control did not say within "
                + limits.registration().toMillis()
                + " ms that it is on this node with an address"
            : String.valueOf(cause == null ? failure : cause.getMessage());
    return new RefusedException("refused: pod " + name + ": " + reason, failure);
  }

  private CompletableFuture<CapturedPod> listen(
      CaptureRequest request, NetworkNamespace namespace, PodLease lease, EventLoop loop) {
    PodSockets sockets = new PodSockets(home, namespace, request.mark(), loops);
    CapturedPod pod = new CapturedPod(request, lease, sockets, admission, this::closed);
    CompletableFuture<Void> listening;
    try {
      verify(pod);
      prepare(pod);
      listening = listeners.open(pod, loop);
    } catch (RefusedException e) {
      listening = CompletableFuture.failedFuture(e);
    }
    return listening.handle(
        (done, failure) -> {
          if (failure != null) {
            pod.close();
            throw failure instanceof CompletionException wrapped
                ? wrapped
                : new CompletionException(failure);
          }
          return pod;
        });
  }

  private void closed(Pod pod) {
    pods.release();
    left.accept(pod);
  }

  private void prepare(CapturedPod pod) {
    try {
      pod.sockets().namespace().migrateWaitingConnections(home);
    } catch (IOException e) {
      String what = "an upgrade of the daemon will reset connections that wait in {}: {}";
      LOG.atLevel(migrates.getAndSet(false) ? Level.WARN : Level.DEBUG)
          .log(what, pod.name(), e.getMessage());
    }
  }

  private void verify(CapturedPod pod) throws RefusedException {
    try {
      for (InetAddress address : pod.lease().addresses()) {
        if (!pod.sockets().namespace().holds(home, address)) {
          throw new RefusedException(
              "refused: pod "
                  + pod.name()
                  + " has the address "
                  + address.getHostAddress()
                  + " as control says, and the network namespace that was handed over has not");
        }
      }
    } catch (IOException e) {
      throw new RefusedException("refused: cannot look into the pod: " + e.getMessage(), e);
    }
  }
}
