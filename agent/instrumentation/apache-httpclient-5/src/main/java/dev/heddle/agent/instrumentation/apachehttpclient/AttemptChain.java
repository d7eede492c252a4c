package dev.heddle.agent.instrumentation.apachehttpclient;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/** The rest of the classic client's chain for an attempt of ours: by it the hook lets it pass. */
final class AttemptChain implements ExecChain {

  private final ExecChain rest;
  private final Runnable sent;

  /** sent is told when a request without a body is about to be sent. */
  AttemptChain(ExecChain rest, Runnable sent) {
    this.rest = rest;
    this.sent = sent;
  }

  @Override
  public ClassicHttpResponse proceed(ClassicHttpRequest request, Scope scope)
      throws IOException, HttpException {
    if (request.getEntity() == null) {
      sent.run();
    }
    return rest.proceed(request, scope);
  }
}
