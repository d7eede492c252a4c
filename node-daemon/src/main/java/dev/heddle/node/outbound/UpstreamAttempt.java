package dev.heddle.node.outbound;

import dev.heddle.node.upstream.Target;
import dev.heddle.node.upstream.Terms;
import dev.heddle.node.upstream.UpstreamListener;
import dev.heddle.node.upstream.UpstreamStream;
import dev.heddle.policy.retry.Outcome;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One try of an exchange at one target: sends what of the request is there, hears the answer. */
final class UpstreamAttempt implements UpstreamListener {

  /** RFC 9110 9.2.2: what may be sent again where nobody knows whether it arrived. */
  private static final Set<HttpMethod> IDEMPOTENT =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.OPTIONS,
          HttpMethod.TRACE,
          HttpMethod.PUT,
          HttpMethod.DELETE);

  private final Exchange exchange;
  private final OutboundLoop loop;
  private final HttpRequest head;
  private final RequestBody body;
  private final Target target;
  private final Terms terms;
  private @Nullable UpstreamStream stream;
  private int openings;
  private int sent;
  private boolean heard;
  private boolean over;

  UpstreamAttempt(
      Exchange exchange,
      OutboundLoop loop,
      HttpRequest head,
      RequestBody body,
      Target target,
      Terms terms) {
    this.exchange = exchange;
    this.loop = loop;
    this.head = head;
    this.body = body;
    this.target = target;
    this.terms = terms;
  }

  void begin() {
    loop.upstreams().open(exchange.pod(), target, terms, this);
  }

  @Override
  public void opened(UpstreamStream opened) {
    if (over) {
      opened.reset();
      return;
    }
    stream = opened;
    opened.head(head);
    sendBody();
    exchange.regulate();
    if (!exchange.isBeingRead()) { // else more of the request is about to come
      opened.flush();
    }
  }

  /** Sends what came since, without a flush. */
  void sendBody() {
    UpstreamStream to = stream;
    if (to == null) {
      return;
    }
    int opening = openings;
    while (opening == openings && !over && sent < body.size()) { // a write may fail at once
      to.body(body.copy(sent++));
    }
    if (opening == openings && !over && !exchange.mayRepeat()) {
      body.drop();
      sent = 0;
    }
  }

  /** What was sent goes out. */
  void flushRequest() {
    if (stream != null) {
      stream.flush();
    }
  }

  /** Whether more of the request can go out; before the connection stands, as much as is kept. */
  boolean takesMore() {
    return stream == null ? !body.isTooLong() : stream.isWritable();
  }

  /** Whether the client wants more of the response. */
  void read(boolean wanted) {
    if (stream != null) {
      stream.read(wanted);
    }
  }

  /** Nobody wants its answer any more. */
  void cancel() {
    over = true;
    if (stream != null) {
      stream.reset();
    } else {
      loop.upstreams().forgo(exchange.pod(), target, this);
    }
  }

  UpstreamStream stream() {
    if (stream == null) {
      throw new IllegalStateException("the attempt has no connection");
    }
    return stream;
  }

  @Override
  public void informational(HttpResponse response) {
    if (!over) {
      exchange.answer().informational(response);
    }
  }

  @Override
  public void head(HttpResponse response) {
    heard = true;
    if (!over) {
      exchange.answer().head(response);
    }
  }

  @Override
  public void body(HttpContent content) {
    if (over) {
      ReferenceCountUtil.release(content);
    } else {
      exchange.answer().body(content);
    }
  }

  /** It did what it was for. */
  void end() {
    over = true;
  }

  @Override
  public void flush() {
    if (!over) {
      exchange.answer().flush();
    }
  }

  @Override
  public void writable() {
    if (!over) {
      exchange.regulate();
    }
  }

  @Override
  public void failed(Outcome outcome, Throwable cause) {
    if (over) {
      return;
    }
    // A server that closes an idle connection cannot know that a request is on its way.
    boolean stale =
        outcome == Outcome.RESET
            && stream != null
            && stream.wasUsedBefore()
            && !heard
            && body.isWhole()
            && IDEMPOTENT.contains(head.method());
    if (stale) {
      openings++;
      stream = null;
      sent = 0;
      loop.upstreams().openNew(exchange.pod(), target, terms, this);
      return;
    }
    over = true;
    exchange.failed(outcome, cause);
  }
}
