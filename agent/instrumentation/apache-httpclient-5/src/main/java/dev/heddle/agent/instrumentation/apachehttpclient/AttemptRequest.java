package dev.heddle.agent.instrumentation.apachehttpclient;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** The app's request as an attempt of the classic client sends it. */
final class AttemptRequest extends BasicClassicHttpRequest {

  private static final long serialVersionUID = 1L;

  /** sent is told when the body, if there is one, is written. */
  AttemptRequest(ClassicHttpRequest app, Runnable sent) {
    super(app.getMethod(), app.getPath());
    HttpEntity entity = app.getEntity();
    setEntity(entity == null ? null : new ToldEntity(entity, sent));
  }

  private static final class ToldEntity extends HttpEntityWrapper {
    private final Runnable sent;

    ToldEntity(HttpEntity entity, Runnable sent) {
      super(entity);
      this.sent = sent;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      super.writeTo(out);
      sent.run();
    }
  }
}
