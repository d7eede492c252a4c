package dev.heddle.agent.instrumentation.javahttpclient;

import dev.heddle.policy.call.LocalReply;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.SubmissionPublisher;

/** Answers of the mesh itself, as if received. */
final class Replies {

  private Replies() {}

  static Map<String, List<String>> headers(LocalReply reply) {
    int length = reply.body().getBytes(StandardCharsets.UTF_8).length;
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("content-type", List.of("text/plain; charset=utf-8"));
    headers.put("content-length", List.of(Integer.toString(length)));
    headers.put(LocalReply.REASON_HEADER, List.of(reply.reason()));
    reply.headers().forEach((name, value) -> headers.put(name, new ArrayList<>(List.of(value))));
    return headers;
  }

  /** The body goes through the app's own handler, so that its type is what the app asked for. */
  static CompletionStage<Object> body(
      LocalReply reply, HttpHeaders headers, HttpResponse.BodyHandler<Object> handler) {
    HttpResponse.BodySubscriber<Object> subscriber =
        handler.apply(new ResponseHead(reply.status(), headers, HttpClient.Version.HTTP_1_1));
    try (SubmissionPublisher<List<ByteBuffer>> publisher =
        new SubmissionPublisher<>(Runnable::run, 1)) {
      publisher.subscribe(subscriber);
      if (!reply.body().isEmpty()) {
        publisher.submit(List.of(ByteBuffer.wrap(reply.body().getBytes(StandardCharsets.UTF_8))));
      }
    }
    return subscriber.getBody();
  }
}
