package dev.heddle.node;

import dev.heddle.node.admin.PageServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daemon's ports for people and probes; a daemon that is replaced frees them when it ends. */
final class Pages implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.node");
  private static final Duration AGAIN = Duration.ofMillis(100);

  private final boolean patient;
  private final List<PageServer> servers = new ArrayList<>();
  private final List<Thread> waiting = new ArrayList<>();
  private boolean closed;

  /**
   * @param patient whether a port that is taken is waited for
   */
  Pages(boolean patient) {
    this.patient = patient;
  }

  /** Returns the port, or the one that is waited for. */
  int open(String option, InetSocketAddress address, Map<String, PageServer.Page> pages)
      throws IOException {
    try {
      return started(address, pages).port();
    } catch (BindException e) {
      if (!patient) {
        throw new IOException(
            option
                + " "
                + address.getHostString()
                + ":"
                + address.getPort()
                + " is taken; name another",
            e);
      }
      LOG.info("{} waits for the daemon before this one to end", option);
      waiting.add(Thread.ofVirtual().start(() -> keepTrying(option, address, pages)));
      return address.getPort();
    }
  }

  private synchronized PageServer started(
      InetSocketAddress address, Map<String, PageServer.Page> pages) throws IOException {
    if (closed) {
      throw new IOException("the daemon ends");
    }
    PageServer server = PageServer.start(address, pages);
    servers.add(server);
    return server;
  }

  private void keepTrying(
      String option, InetSocketAddress address, Map<String, PageServer.Page> pages) {
    try {
      while (true) {
        Thread.sleep(AGAIN);
        try {
          started(address, pages);
          return;
        } catch (BindException e) {
          // The daemon before this one still listens.
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("{}: {}", option, e.toString());
    }
  }

  @Override
  public void close() {
    waiting.forEach(Thread::interrupt);
    synchronized (this) {
      closed = true;
      servers.forEach(PageServer::close);
    }
  }
}
