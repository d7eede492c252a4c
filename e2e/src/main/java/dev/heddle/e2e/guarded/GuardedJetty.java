package dev.heddle.e2e.guarded;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty 12 with servlets. */
final class GuardedJetty {

  private GuardedJetty() {}

  static int start() throws Exception {
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    ServletContextHandler context = new ServletContextHandler("/");
    ServletHolder admin = new ServletHolder(new Answering(true));
    context.addServlet(admin, "/admin");
    context.addServlet(admin, "/admin/*");
    context.addServlet(new ServletHolder(new Answering(false)), "/");
    server.setHandler(context);
    server.start();
    return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
  }

  @SuppressWarnings("serial") // nobody serialises it
  private static final class Answering extends HttpServlet {
    private final boolean guarded;

    Answering(boolean guarded) {
      this.guarded = guarded;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      request.getInputStream().readAllBytes();
      response
          .getOutputStream()
          .write(
              Guarded.bytes(
                  guarded
                      ? Guarded.GUARDED
                      : Guarded.ofTarget(request.getRequestURI(), request::getHeader)));
    }
  }
}
