package dev.heddle.agent.instrumentation.apachehttpclient;

import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;

/** The app's request as one attempt sends it; cancelled with it, but not the other way round. */
final class AttemptRequest extends HttpUriRequestBase {

  private static final long serialVersionUID = 1L;

  AttemptRequest(ClassicHttpRequest app, String authority, String path) {
    super(app.getMethod(), URI.create("http://" + authority + path));
    setVersion(app.getVersion());
    setEntity(app.getEntity());
    if (app instanceof Configurable) {
      setConfig(((Configurable) app).getConfig());
    }
    if (app instanceof CancellableDependency) {
      ((CancellableDependency) app).setDependency(this);
    }
  }
}
