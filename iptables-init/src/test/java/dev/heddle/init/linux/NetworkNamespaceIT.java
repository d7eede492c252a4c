package dev.heddle.init.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entering a pod's namespace and coming back. */
@NetnsTest
final class NetworkNamespaceIT {

  private Pods pods;
  private NetworkNamespace home;
  private NetworkNamespace pod;

  @BeforeEach
  void makePod() throws Exception {
    pods = new Pods("enter");
    home = NetworkNamespace.own();
    pod = NetworkNamespace.open(pods.path());
  }

  @AfterEach
  void deletePod() throws Exception {
    pod.close();
    home.close();
    pods.delete();
  }

  @Test
  void aThreadIsInsideForTheWorkAndBackAfterwards() throws Exception {
    String before = here();
    assertThat(pod.enter(home, NetworkNamespaceIT::here)).isEqualTo(pod.toString());
    assertThat(here()).isEqualTo(before).isEqualTo(home.toString());
  }

  @Test
  void aThreadIsBackWhenTheWorkFails() {
    assertThatThrownBy(
            () ->
                pod.enter(
                    home,
                    () -> {
                      throw new IllegalArgumentException("work");
                    }))
        .hasMessage("work");
    assertThat(here()).isEqualTo(home.toString());
  }

  @Test
  void aClosedNamespaceIsNotEntered() {
    pod.close();
    assertThatThrownBy(() -> pod.enter(home, NetworkNamespaceIT::here))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
    pod.close();
    assertThat(here()).isEqualTo(home.toString());
  }

  @Test
  void aNamespaceThatIsClosedWhileAThreadIsInsideIsLeftOpenForIt() throws Exception {
    long before = descriptors();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Thread inside =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    pod.enter(
                        home,
                        () -> {
                          entered.countDown();
                          return await(closed);
                        });
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });
    entered.await();
    pod.close();
    assertThat(descriptors()).isEqualTo(before);
    closed.countDown();
    inside.join();
    assertThat(descriptors()).isEqualTo(before - 1);
  }

  @Test
  void itKnowsItsOwnAddresses() throws Exception {
    assertThat(pod.holds(home, InetAddress.ofLiteral(Pods.POD4))).isTrue();
    assertThat(pod.holds(home, InetAddress.ofLiteral(Pods.POD6))).isTrue();
    assertThat(pod.holds(home, InetAddress.ofLiteral(Pods.PEER4))).isFalse();
    assertThat(pod.holds(home, InetAddress.ofLiteral(Pods.PEER6))).isFalse();
  }

  @Test
  void whatIsNoNetworkNamespaceIsRefusedAndClosed() throws Exception {
    long before = descriptors();
    assertThatThrownBy(() -> NetworkNamespace.open(Path.of("/proc/self/ns/uts")))
        .hasMessage("a namespace of type 0x4000000 (expected: a network namespace)");
    assertThatThrownBy(() -> NetworkNamespace.open(Path.of("/dev/null")))
        .hasMessageContaining("no namespace (ioctl: errno 25) (expected: a network namespace)");
    assertThat(descriptors()).isEqualTo(before);
  }

  @Test
  void aVirtualThreadMayNotEnter() throws Exception {
    Throwable[] thrown = new Throwable[1];
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                pod.enter(home, NetworkNamespaceIT::here);
              } catch (IOException | RuntimeException e) {
                thrown[0] = e;
              }
            })
        .join();
    assertThat(thrown[0]).isInstanceOf(IllegalStateException.class);
  }

  private static String here() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private long descriptors() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(NetworkNamespaceIT::isNamespace).count();
    }
  }

  private static boolean isNamespace(Path descriptor) {
    try {
      String link = Files.readSymbolicLink(descriptor).toString();
      return link.startsWith("net:[") || link.startsWith("/run/netns/");
    } catch (IOException e) {
      return false;
    }
  }
}
