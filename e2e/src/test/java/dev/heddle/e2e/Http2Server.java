package dev.heddle.e2e;

import com.sun.net.httpserver.HttpHandler;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.http2.Http2Protocol;

/** Tomcat with HTTP/2 in plaintext beside HTTP/1.1, for a handler of the JDK's server. */
final class Http2Server implements Closeable {

  /** What it cannot do. */
  static final String ALWAYS_ANSWERS = "Tomcat does not end a stream without an answer";

  private static final Logger TOMCATS_LOG = Logger.getLogger("org.apache");

  private final Tomcat tomcat = new Tomcat();
  private final Connector connector = new Connector();

  Http2Server(InetAddress address) throws IOException {
    TOMCATS_LOG.setLevel(Level.SEVERE); // else it tells of each start and stop
    tomcat.setBaseDir(Files.createTempDirectory("http2").toString());
    connector.setPort(0);
    connector.setProperty("address", address.getHostAddress());
    connector.setEncodedSolidusHandling("passthrough");
    connector.addUpgradeProtocol(new Http2Protocol());
    tomcat.setConnector(connector);
    tomcat.addContext("", null);
    try {
      tomcat.start();
    } catch (LifecycleException e) {
      throw new IOException(e);
    }
  }

  int port() {
    return connector.getLocalPort();
  }

  /** From now on it answers so. */
  void serve(HttpHandler handler) {
    tomcat.getEngine().getPipeline().addValve(new Handing(handler));
  }

  private static final class Handing extends ValveBase {
    private final HttpHandler handler;

    Handing(HttpHandler handler) {
      super(true);
      this.handler = handler;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException {
      handler.handle(new TomcatExchange(request, response));
    }
  }

  @Override
  public void close() throws IOException {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IOException(e);
    }
  }
}
