package dev.heddle.node.outbound;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.upstream.Target;
import dev.heddle.node.upstream.Terms;
import dev.heddle.policy.call.MirrorCopy;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;

/** The copies of one request: sent once all of it is here, or never if it is too long to keep. */
final class MirrorRun {

  private final OutboundLoop loop;
  private final CapturedConnection connection;
  private final HttpRequest head;
  private final List<MirrorCopy> copies;
  private final Target.Protocol protocol;
  private boolean done;

  MirrorRun(
      OutboundLoop loop,
      CapturedConnection connection,
      HttpRequest head,
      List<MirrorCopy> copies,
      Target.Protocol protocol) {
    this.loop = loop;
    this.connection = connection;
    this.head = head;
    this.copies = copies;
    this.protocol = protocol;
  }

  void sendIfWhole(RequestBody body) {
    if (done || (body.isWhole() && !body.isTooLong() && !body.isEnded())) {
      return;
    }
    done = true;
    boolean whole = body.isWhole() && !body.isTooLong();
    for (MirrorCopy copy : copies) {
      if (whole && loop.mirrors().tryBegin()) {
        loop.metrics().mirror();
        send(copy, body);
      } else {
        loop.metrics().mirrorDropped();
      }
    }
  }

  private void send(MirrorCopy copy, RequestBody body) {
    List<HttpContent> contents = new ArrayList<>(body.size());
    for (int i = 0; i < body.size(); i++) {
      contents.add(body.copy(i));
    }
    Target target = Targets.of(copy.cluster(), copy.endpoint(), connection, protocol);
    Terms terms = Terms.of(copy.cluster().connectionPool());
    new MirrorAttempt(loop, head, contents).begin(connection.pod(), target, terms);
  }
}
