package dev.heddle.node.outbound;

import dev.heddle.node.upstream.UpstreamStream;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;

/** Who made a request, as its exchange sees it. On its event loop only. */
interface HttpClient {

  /** A 1xx that is not the answer yet. */
  void informational(HttpResponse response);

  /** The answer begins. */
  void head(HttpResponse response);

  /** It goes on; takes the content over. The last ends the exchange. */
  void body(HttpContent content);

  /** The whole answer; it ends the exchange. */
  void reply(FullHttpResponse response);

  void flush();

  /** Whether the client takes more at the moment. */
  boolean isWritable();

  /** Whether more of the request is read. */
  void read(boolean wanted);

  /** The answer that began cannot be ended: the client must not take it for whole. */
  void abort();

  /** The server agreed to leave HTTP: from here on bytes go to and fro. It ends the exchange. */
  void tunnel(HttpResponse agreed, UpstreamStream stream);
}
