package dev.heddle.node.outbound;

import dev.heddle.node.pod.Pod;
import dev.heddle.node.upstream.Target;
import dev.heddle.node.upstream.Terms;
import dev.heddle.node.upstream.UpstreamListener;
import dev.heddle.node.upstream.UpstreamStream;
import dev.heddle.policy.retry.Outcome;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One copy under way: its answer is read and dropped. */
final class MirrorAttempt implements UpstreamListener {

  /** A copy waits for its answer no longer: Envoy's default for a route. */
  private static final long TIMEOUT_SECONDS = 15;

  private final OutboundLoop loop;
  private final HttpRequest head;
  private final List<HttpContent> contents;
  private @Nullable UpstreamStream stream;
  private @Nullable Future<?> timer;
  private boolean over;

  /** Takes the contents over. */
  MirrorAttempt(OutboundLoop loop, HttpRequest head, List<HttpContent> contents) {
    this.loop = loop;
    this.head = head;
    this.contents = contents;
  }

  void begin(Pod pod, Target target, Terms terms) {
    timer = loop.loop().schedule(this::timedOut, TIMEOUT_SECONDS, TimeUnit.SECONDS);
    loop.upstreams().open(pod, target, terms, this);
  }

  private void timedOut() {
    end();
    if (stream != null) {
      stream.reset();
    }
  }

  private void end() {
    if (!over) {
      over = true;
      loop.mirrors().ended();
      contents.forEach(HttpContent::release);
      contents.clear();
      if (timer != null) {
        timer.cancel(false);
      }
    }
  }

  @Override
  public void opened(UpstreamStream opened) {
    if (over) {
      opened.reset();
      return;
    }
    stream = opened;
    opened.head(head);
    contents.forEach(opened::body);
    contents.clear();
    opened.flush();
  }

  @Override
  public void informational(HttpResponse response) {}

  @Override
  public void head(HttpResponse response) {}

  @Override
  public void body(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    content.release();
    if (last) {
      end();
    }
  }

  @Override
  public void flush() {}

  @Override
  public void writable() {}

  @Override
  public void failed(Outcome outcome, Throwable cause) {
    end();
  }
}
