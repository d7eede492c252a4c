package dev.heddle.node.protocol;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.function.Function;

/** HTTP/2 by RFC 9113: each stream becomes a channel of its own that speaks in HTTP messages. */
public final class Http2Codecs {

  /** Streams of one connection: RFC 9113 6.5.2 advises against fewer than 100. */
  public static final int MAX_STREAMS = 100;

  /** Bytes of one stream's body that may wait here for a slow receiver. */
  private static final int WINDOW_BYTES = 256 * 1024;

  /** Rapid reset (CVE-2023-44487): a client that cancels faster than this attacks. */
  private static final int MAX_RESETS = 200;

  private static final int RESETS_WINDOW_SECONDS = 30;

  /** CONTINUATION flood (CVE-2024-27983 and others): small pieces of one head. */
  private static final int MAX_SMALL_CONTINUATIONS = 16;

  /** Empty DATA frames in a row (CVE-2019-9518): they cost time and nothing else. */
  private static final int MAX_EMPTY_DATA = 2;

  /** SETTINGS, PING and RST answers that a peer does not read (CVE-2019-9512, 9514, 9515). */
  private static final int MAX_QUEUED_CONTROL = 10_000;

  /** For streams under way to end when a connection is closed. */
  private static final long GRACE_MILLIS = 10_000;

  private Http2Codecs() {}

  /** The server's end; each stream that the client opens gets the handler made for it. */
  public static void server(Channel channel, Function<Channel, ChannelHandler> streams) {
    channel
        .pipeline()
        .addLast(
            bounded(Http2FrameCodecBuilder.forServer(), Http2Settings.defaultSettings())
                .decoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESETS_WINDOW_SECONDS)
                .encoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESETS_WINDOW_SECONDS)
                .build())
        .addLast(
            new Http2MultiplexHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel stream) {
                    stream
                        .pipeline()
                        .addLast(new Http2StreamFrameToHttpObjectCodec(true))
                        .addLast(streams.apply(stream));
                  }
                }));
  }

  /** The client's end; a stream that the server pushes is refused. */
  public static void client(Channel channel) {
    channel
        .pipeline()
        .addLast(
            bounded(
                    Http2FrameCodecBuilder.forClient(),
                    Http2Settings.defaultSettings().pushEnabled(false))
                .build())
        .addLast(
            new Http2MultiplexHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel pushed) {
                    pushed.close();
                  }
                }));
  }

  /** What a stream of a client's end speaks in. */
  public static ChannelHandler clientStream() {
    return new Http2StreamFrameToHttpObjectCodec(false);
  }

  private static Http2FrameCodecBuilder bounded(
      Http2FrameCodecBuilder builder, Http2Settings settings) {
    return builder
        .initialSettings(
            settings
                .maxConcurrentStreams(MAX_STREAMS)
                .initialWindowSize(WINDOW_BYTES)
                .maxHeaderListSize(HttpLimits.MAX_HEADER_BYTES))
        .validateHeaders(true)
        .decoderEnforceMaxSmallContinuationFrames(MAX_SMALL_CONTINUATIONS)
        .decoderEnforceMaxConsecutiveEmptyDataFrames(MAX_EMPTY_DATA)
        .encoderEnforceMaxQueuedControlFrames(MAX_QUEUED_CONTROL)
        .gracefulShutdownTimeoutMillis(GRACE_MILLIS);
  }
}
