package dev.heddle.control.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {

  private final PrometheusRegistry metrics = new PrometheusRegistry();
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile boolean ready;
  private AdminServer admin;

  @BeforeEach
  void start() throws IOException {
    AdminServer.Source source =
        new AdminServer.Source() {
          @Override
          public boolean ready() {
            return ready;
          }

          @Override
          public Object config() {
            return Map.of("problems", List.of("one"));
          }

          @Override
          public Object clients() {
            throw new IllegalStateException("nobody knows");
          }

          @Override
          public Object authority() {
            return Map.of("trustDomain", "cluster.local");
          }
        };
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    admin = AdminServer.start(any, source, metrics);
  }

  @AfterEach
  void stop() {
    client.close();
    admin.close();
  }

  private HttpResponse<String> call(String method, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + admin.port() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void readinessFollowsItsSourceAndHealthDoesNot() throws Exception {
    assertThat(call("GET", "/healthz").statusCode()).isEqualTo(200);
    assertThat(call("GET", "/readyz").statusCode()).isEqualTo(503);
    ready = true;
    assertThat(call("GET", "/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsAreInPrometheusText() throws Exception {
    Counter.builder().name("weaves_total").help("Weaves").register(metrics).inc();

    assertThat(call("GET", "/metrics").body()).contains("weaves_total 1.0");
  }

  @Test
  void configurationIsJson() throws Exception {
    HttpResponse<String> config = call("GET", "/debug/config");

    assertThat(config.headers().firstValue("content-type")).contains("application/json");
    assertThat(config.body()).contains("\"problems\" : [ \"one\" ]");
  }

  @Test
  void aPageThatFailsSaysSoAndTheServerGoesOn() throws Exception {
    assertThat(call("GET", "/debug/clients").statusCode()).isEqualTo(500);
    assertThat(call("GET", "/debug/clients").body()).contains("nobody knows");
    assertThat(call("GET", "/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void onlyReadingIsAllowedAndOnlyKnownPagesExist() throws Exception {
    assertThat(call("POST", "/healthz").statusCode()).isEqualTo(405);
    assertThat(call("HEAD", "/healthz").statusCode()).isEqualTo(200);
    assertThat(call("GET", "/healthz/more").statusCode()).isEqualTo(404);
    assertThat(call("GET", "/").statusCode()).isEqualTo(404);
  }
}
