package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.policy.call.LocalReply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.jspecify.annotations.Nullable;

/** Answers of the mesh itself, as if received. */
final class AsyncReplies {

  /** What takes the head of a response, and says what takes its body. */
  interface Head {
    @Nullable AsyncDataConsumer handle(HttpResponse response, @Nullable EntityDetails details)
        throws HttpException, IOException;
  }

  private AsyncReplies() {}

  static void give(LocalReply reply, String method, Head head) throws HttpException, IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    ContentType type = ContentType.create("text/plain", StandardCharsets.UTF_8);
    BasicHttpResponse response = new BasicHttpResponse(reply.status());
    response.setVersion(HttpVersion.HTTP_1_1);
    response.setHeader("content-type", type.toString());
    response.setHeader("content-length", body.length);
    response.setHeader(LocalReply.REASON_HEADER, reply.reason());
    reply.headers().forEach(response::setHeader);
    boolean bodiless = body.length == 0 || method.equals("HEAD");
    AsyncDataConsumer consumer =
        head.handle(response, bodiless ? null : new BasicEntityDetails(body.length, type));
    if (consumer != null && !bodiless) {
      consumer.updateCapacity(increment -> {}); // it is one buffer, whatever is asked for
      consumer.consume(ByteBuffer.wrap(body));
      consumer.streamEnd(null);
    }
  }
}
