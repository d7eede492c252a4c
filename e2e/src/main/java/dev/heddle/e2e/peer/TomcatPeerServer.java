package dev.heddle.e2e.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.UpgradeProtocol;

/** Tomcat on one of its endpoints. */
final class TomcatPeerServer {

  private TomcatPeerServer() {}

  static int start(String protocol, UpgradeProtocol... more)
      throws IOException, LifecycleException {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("peer").toString());
    Connector connector = new Connector("org.apache.coyote.http11." + protocol);
    connector.setPort(0);
    connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
    for (UpgradeProtocol each : more) {
      connector.addUpgradeProtocol(each);
    }
    tomcat.setConnector(connector);
    tomcat.addContext("", null).getPipeline().addValve(new PeerValve());
    tomcat.start();
    return connector.getLocalPort();
  }

  private static final class PeerValve extends ValveBase {

    @Override
    public void invoke(Request request, Response response) throws IOException {
      response.sendAcknowledgement(ContinueResponseTiming.ALWAYS); // as a context would by itself
      InputStream body = request.getStream();
      PeerServer.serve(request.getQueryString(), body, new TomcatResponse(response));
    }
  }

  private record TomcatResponse(Response response) implements PeerServer.Response {

    @Override
    public OutputStream begin(String received, long length) throws IOException {
      response.setHeader(Peer.RECEIVED, received);
      if (length >= 0) {
        response.setContentLengthLong(length);
      }
      return response.getOutputStream();
    }

    @Override
    public void hangUp() {
      response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
    }
  }
}
