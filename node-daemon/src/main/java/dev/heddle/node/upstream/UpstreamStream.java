package dev.heddle.node.upstream;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;

/** One request and its response at an endpoint. On its event loop only. */
public interface UpstreamStream {

  /** Begins; once. */
  void head(HttpRequest request);

  /** Goes on with the body; takes the content over. */
  void body(HttpContent content);

  /** What was written so far goes out. */
  void flush();

  /**
   * Whether the peer takes more at the moment; {@link UpstreamListener#writable} says when again.
   */
  boolean isWritable();

  /** Whether responses are read: false where whoever wants them is slower. */
  void read(boolean wanted);

  /**
   * Whether the connection carried a request before, so that its server may have ended it since.
   */
  boolean wasUsedBefore();

  /** Gives the exchange up; the listener hears nothing more. */
  void reset();

  /**
   * Leaves HTTP behind a 101 or an accepted CONNECT: the connection, without handlers of this
   * package, which the caller now owns.
   */
  Channel detach();
}
