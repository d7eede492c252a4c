package dev.heddle.samples;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** Reviews on Tomcat: from v2 on they come with ratings, asked for with HttpURLConnection. */
public final class Reviews extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private Reviews() {}

  /** Starts it. */
  public static void main(String[] arguments) throws IOException, LifecycleException {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("reviews").toString());
    tomcat.setPort(Shop.port());
    tomcat.getConnector().setProperty("address", Shop.address().getHostAddress());
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "reviews", new Reviews());
    context.addServletMappingDecoded("/*", "reviews");
    tomcat.start();
    Shop.ready("reviews", tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response.getOutputStream().write(body().getBytes(StandardCharsets.UTF_8));
  }

  private static String body() throws InterruptedIOException {
    String version = Shop.version();
    try {
      return version.equals("v1") ? version : version + " " + Shop.hop("ratings", Reviews::ratings);
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  private static String ratings() throws IOException {
    URL url = new URL("http://ratings:9080/ratings/1");
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    int status = connection.getResponseCode();
    if (status != 200) {
      return Integer.toString(status);
    }
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
