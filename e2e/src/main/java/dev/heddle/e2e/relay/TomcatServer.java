package dev.heddle.e2e.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.AsyncContextImpl;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;

/** Tomcat by what is the same in 9 to 11, where servlets are javax here and jakarta there. */
final class TomcatServer {

  private TomcatServer() {}

  static int start(Relay.Handler handler) throws IOException, LifecycleException {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("relay").toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
    tomcat.setConnector(connector);
    tomcat.addContext("", null).getPipeline().addValve(new RelayValve(handler));
    tomcat.start();
    return connector.getLocalPort();
  }

  private static final class RelayValve extends ValveBase {
    private final Relay.Handler handler;

    RelayValve(Relay.Handler handler) {
      super(true);
      this.handler = handler;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException {
      if (!request.getQueryString().contains(Handovers.ASYNC_START)) {
        answer(request.getQueryString(), response);
        return;
      }
      String query = request.getQueryString();
      AsyncContextImpl mode = begun(request);
      mode.start(
          () -> {
            try {
              answer(query, response);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            } finally {
              mode.complete();
            }
          });
    }

    /** By reflection, for it returns javax's here and jakarta's there. */
    private static AsyncContextImpl begun(Request request) {
      try {
        Request.class.getMethod("startAsync").invoke(request);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
      return request.getAsyncContextInternal();
    }

    private void answer(String query, Response response) throws IOException {
      String body;
      try {
        body = handler.serve(query);
      } catch (Exception e) { // the test wants to see it
        response.setStatus(500);
        body = e.toString();
      }
      response.getReporter().write(body);
      response.finishResponse();
    }
  }
}
