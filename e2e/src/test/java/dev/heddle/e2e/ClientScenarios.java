package dev.heddle.e2e;

import static dev.heddle.e2e.Scenario.http;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.probe.Answer;
import dev.heddle.e2e.probe.Ask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the libraries do by themselves goes on: cookies, redirects, streams, their exceptions. */
final class ClientScenarios {

  private static final String TO_V1 = "- route: [{destination: {host: \"${host}\", subset: v1}}]\n";
  private static final String NEW_TO_V2 =
      """
      - match: [{uri: {prefix: /new}}]
        route: [{destination: {host: "${host}", subset: v2}}]
      """
          + TO_V1;

  /** The daemon answers for a program that has no library to tell. */
  private static final Map<String, String> REFUSED =
      Map.of(
          Clients.JAVA_NET_HTTP, "java.net.ConnectException",
          Clients.JAVA_NET_HTTP_ASYNC, "java.net.ConnectException",
          Clients.URL_CONNECTION, "java.net.ConnectException",
          Clients.APACHE_5, "org.apache.hc.client5.http.HttpHostConnectException",
          Clients.APACHE_5_ASYNC, "org.apache.hc.client5.http.HttpHostConnectException",
          Clients.APACHE_5_MINIMAL, "org.apache.hc.client5.http.HttpHostConnectException",
          Clients.CURL, "503",
          Clients.CURL_HTTP_2, "503");

  private static final Map<String, String> BROKEN =
      Map.of(
          Clients.JAVA_NET_HTTP, "java.io.IOException",
          Clients.JAVA_NET_HTTP_ASYNC, "java.io.IOException",
          Clients.URL_CONNECTION, "java.net.SocketException",
          Clients.APACHE_5, "org.apache.hc.core5.http.NoHttpResponseException",
          Clients.APACHE_5_ASYNC, "org.apache.hc.core5.http.ConnectionClosedException",
          Clients.APACHE_5_MINIMAL, "org.apache.hc.core5.http.ConnectionClosedException",
          Clients.CURL, "503");

  private static final String NOT_AGAIN =
      "curl before 8.0 cannot use such a connection for a second call";

  /** Milliseconds after which an app has had enough. */
  private static final int GIVE_UP = 300;

  private ClientScenarios() {}

  static List<Scenario> all() {
    return List.of(
        http(
            "a refused connection that is not retried fails as the library tells it",
            """
            - retries: {attempts: 0}
              route: [{destination: {host: "${host}", subset: dead}}]
            """,
            stage -> {
              Answer answer = stage.get("/");
              assertThat(answer.word())
                  .as(answer.toString())
                  .isEqualTo(REFUSED.get(stage.client()));
            }),
        http(
                "a connection that breaks before the answer fails as the library tells it",
                """
            - retries: {attempts: 0}
              route: [{destination: {host: "${host}", subset: v1}}]
            """,
                stage -> {
                  Answer answer = stage.get("/", Upstream.DO, "close=true");
                  assertThat(answer.word())
                      .as(answer.toString())
                      .isEqualTo(BROKEN.get(stage.client()));
                })
            .notFor(Http2Server.ALWAYS_ANSWERS, Clients.CURL_HTTP_2),
        http(
                "cookies that a server sets come back to it",
                TO_V1,
                stage -> {
                  stage.browse("/", Upstream.DO, "cookie=basket");
                  assertThat(Stage.received(stage.browse("/")).header("cookie"))
                      .contains("basket=1");
                })
            .notFor("it keeps no cookies", Clients.APACHE_5_MINIMAL),
        http(
                "a redirect of a server is followed and routed anew",
                NEW_TO_V2,
                stage -> {
                  Answer answer =
                      stage.browse("/old", Upstream.DO, "at=v1;status=302;location=/new?a=b");
                  assertThat(answer.word()).as(answer.toString()).isEqualTo("v2");
                  assertThat(Stage.received(answer).target()).isEqualTo("/new?a=b");
                  assertThat(Stage.received(answer).header("host"))
                      .isEqualTo(stage.host() + ":9080");
                })
            .notFor("it follows no redirects", Clients.APACHE_5_MINIMAL)
            .notFor(NOT_AGAIN, Clients.CURL_HTTP_2),
        http(
                "a redirect of the mesh is followed and routed anew",
                """
            - match: [{uri: {prefix: /old}}]
              redirect: {uri: /new}
            """
                    + NEW_TO_V2,
                stage -> {
                  Answer answer = stage.browse("/old");
                  assertThat(answer.word()).as(answer.toString()).isEqualTo("v2");
                  assertThat(Stage.received(answer).target()).isEqualTo("/new");
                })
            .notFor("it follows no redirects", Clients.APACHE_5_MINIMAL)
            .notFor(NOT_AGAIN, Clients.CURL_HTTP_2),
        http(
            "a body that can be read once arrives whole",
            TO_V1,
            stage -> {
              String body = "streamed ".repeat(20_000);
              Answer answer = stage.call(Stage.ask("POST", stage.url("/")).streaming(body));
              assertThat(answer.word()).as(answer.toString()).isEqualTo("v1");
              assertThat(Stage.received(answer).body()).isEqualTo(body);
            }),
        http(
                "a body that can be read once is not sent again",
                """
            - retries: {attempts: 2, retryOn: 5xx, backoff: 1ms}
              route: [{destination: {host: "${host}", subset: v1}}]
            """,
                stage -> {
                  Answer answer =
                      stage.call(
                          Stage.ask("POST", stage.url("/"), Upstream.DO, "status=503")
                              .streaming("once"));
                  assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
                  assertThat(stage.attempts()).hasSize(1);
                })
            .notFor(
                "the daemon keeps a copy of a body up to 64 KB", Clients.CURL, Clients.CURL_HTTP_2),
        http(
                "a hash of a cookie finds it where the client keeps its cookies itself",
                "- route: [{destination: {host: \"${host}-three\"}}]\n",
                stage -> {
                  Answer first = stage.browse("/jar/1");
                  for (int i = 0; i < 10; i++) {
                    assertThat(stage.browse("/jar/2").word()).isEqualTo(first.word());
                  }
                })
            .with(
                FailureScenarios.threeInstances(
                    "loadBalancer: {consistentHash: {httpCookie: {name: jar, ttl: 60s, path: /jar}}}"))
            .notFor("it keeps no cookies", Clients.APACHE_5_MINIMAL),
        http(
            "what the app hangs on to a call runs on no thread of the mesh",
            """
                - match: [{uri: {prefix: /direct}}]
                  directResponse: {status: 418}
                - match: [{uri: {prefix: /abort}}]
                  fault: {delay: {fixedDelay: 50ms, percentage: {value: 100}}, abort: {httpStatus: 555, percentage: {value: 100}}}
                  route: [{destination: {host: "${host}", subset: v1}}]
                - timeout: 1s
                  retries: {attempts: 1, retryOn: 5xx, backoff: 25ms}
                  route: [{destination: {host: "${host}", subset: v1}}]
                """,
            stage -> {
              Map<Integer, String> threads = new HashMap<>();
              for (Answer answer :
                  List.of(
                      stage.get("/direct"),
                      stage.get("/abort"),
                      stage.get("/", Upstream.DO, "delay=3000"),
                      stage.get("/", Upstream.DO, "times=1;status=503"))) {
                threads.put(answer.status(), answer.thread());
              }
              assertThat(threads).containsOnlyKeys(418, 555, 504, 200);
              assertThat(threads.values())
                  .as(threads.toString())
                  .noneMatch(name -> name.startsWith("heddle"));
            }),
        http(
                "a call that the app gives up while it is delayed is not made",
                """
                - fault: {delay: {fixedDelay: 800ms, percentage: {value: 100}}}
                  route: [{destination: {host: "${host}", subset: v1}}]
                """,
                stage -> {
                  long start = System.currentTimeMillis();
                  assertGivenUp(
                      stage.call(Stage.ask("GET", stage.url("/")).cancelledAfter(GIVE_UP)));
                  Await.time(start + 1_000);
                  assertThat(stage.attempts()).isEmpty();
                })
            .notFor("it has no way to be given up", Clients.URL_CONNECTION),
        http(
                "a call that the app gives up is not retried",
                """
                - retries: {attempts: 3, retryOn: "reset,5xx,connect-failure", backoff: 1ms}
                  route: [{destination: {host: "${host}", subset: v1}}]
                """,
                stage -> {
                  long start = System.currentTimeMillis();
                  Ask slow = Stage.ask("GET", stage.url("/"), Upstream.DO, "delay=700");
                  assertGivenUp(stage.call(slow.cancelledAfter(GIVE_UP)));
                  Await.time(start + 1_000);
                  assertThat(stage.attempts()).hasSize(1);
                })
            .notFor("it has no way to be given up", Clients.URL_CONNECTION));
  }

  private static void assertGivenUp(Answer answer) {
    assertThat(answer.error()).as(answer.toString()).isNotNull();
    assertThat(answer.millis()).isBetween(GIVE_UP - 10.0, 680.0);
  }
}
