package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.BodyLimit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** A body that the app reads within what is left of a route's time. */
final class LimitedEntity extends HttpEntityWrapper {

  private static final int BUFFER_BYTES = 8_192;

  private final InputStream content;

  LimitedEntity(HttpEntity body, BodyLimit limit, Runnable cut) throws IOException {
    super(body);
    this.content = limit.over(body.getContent(), cut);
  }

  @Override
  public InputStream getContent() {
    return content;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (InputStream in = content) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
    }
  }
}
