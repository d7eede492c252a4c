package dev.heddle.node.capture;

import dev.heddle.init.handover.CaptureRequest;
import dev.heddle.init.handover.Handover;
import dev.heddle.init.linux.NetworkNamespace;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daemon's side of one hand-over (decision 35), on one event loop. */
final class HandoverSession extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.node");

  /** What is waited for. */
  private enum Step {
    DESCRIPTOR,
    REQUEST,
    LISTENERS,
    CAPTURED,
    END
  }

  private final PodOpening opening;
  private final CapturedPods pods;
  private final CaptureLimits limits;
  private final CaptureCounts counts;
  private Step step = Step.DESCRIPTOR;
  private @Nullable NetworkNamespace namespace;
  private @Nullable CapturedPod pod;
  private @Nullable Future<?> deadline;
  private String who = "somebody";

  HandoverSession(
      PodOpening opening, CapturedPods pods, CaptureLimits limits, CaptureCounts counts) {
    this.opening = opening;
    this.pods = pods;
    this.limits = limits;
    this.counts = counts;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    expect(context, Step.DESCRIPTOR, limits.request());
    context.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof FileDescriptor descriptor) {
      descriptor(context, descriptor.intValue());
    } else {
      line(context, (String) message);
    }
  }

  private void descriptor(ChannelHandlerContext context, int number) {
    try {
      NetworkNamespace received = NetworkNamespace.received(number);
      if (step != Step.DESCRIPTOR) {
        received.close();
        refuse(context, "refused: more than one descriptor");
        return;
      }
      namespace = received;
    } catch (IOException e) {
      refuse(context, "refused: the descriptor leads to " + e.getMessage());
      return;
    }
    EpollDomainSocketChannel channel = (EpollDomainSocketChannel) context.channel();
    channel.config().setReadMode(DomainSocketReadMode.BYTES);
    context
        .pipeline()
        .addFirst(
            new LineBasedFrameDecoder(Handover.MAX_LINE_BYTES, true, true),
            new StringDecoder(StandardCharsets.US_ASCII));
    expect(context, Step.REQUEST, limits.request());
    say(context, Handover.GREETING);
    channel.config().setAutoRead(true);
  }

  private void line(ChannelHandlerContext context, String line) {
    if (step == Step.REQUEST) {
      request(context, line);
    } else if (step == Step.CAPTURED && line.equals(Handover.CAPTURED)) {
      captured(context);
    } else if (step != Step.END) {
      refuse(context, "refused: \"" + line + "\" is not what is to be said now");
    }
  }

  private void request(ChannelHandlerContext context, String line) {
    CaptureRequest request;
    try {
      request = CaptureRequest.parse(line);
    } catch (IllegalArgumentException e) {
      refuse(context, "refused: " + e.getMessage());
      return;
    }
    who = request.pod().toString();
    expect(context, Step.LISTENERS, limits.registration().plus(limits.request()));
    NetworkNamespace given = namespace;
    namespace = null;
    if (given != null) {
      opening
          .open(request, given, context.channel().eventLoop())
          .whenCompleteAsync(
              (opened, failure) -> opened(context, opened, failure), context.executor());
    }
  }

  private void opened(
      ChannelHandlerContext context, @Nullable CapturedPod opened, @Nullable Throwable failure) {
    if (opened != null) {
      if (step != Step.LISTENERS) {
        opened.close(); // init did not wait
        return;
      }
      pod = opened;
      expect(context, Step.CAPTURED, limits.captured());
      say(context, Handover.LISTENING);
    } else if (failure != null) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      if (cause instanceof RefusedException refused) {
        refuse(context, String.valueOf(refused.getMessage()));
      } else {
        LOG.error("the hand-over of {} failed", who, failure);
        refuse(context, "refused: the daemon failed: " + cause);
      }
    }
  }

  private void captured(ChannelHandlerContext context) {
    CapturedPod ours = pod;
    pod = null;
    expect(context, Step.END, limits.request());
    if (ours != null) {
      counts.captured.increment();
      pods.captured(ours);
      say(context, Handover.SERVING);
    }
  }

  /** Waits for one thing at a time, and never for long. */
  private void expect(ChannelHandlerContext context, Step next, Duration limit) {
    step = next;
    if (deadline != null) {
      deadline.cancel(false);
    }
    deadline =
        context
            .executor()
            .schedule(() -> tooLate(context, next, limit), limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tooLate(ChannelHandlerContext context, Step waited, Duration limit) {
    if (waited == Step.END) {
      context.close();
    } else {
      refuse(context, "refused: nothing came within " + limit.toMillis() + " ms");
    }
  }

  private static void say(ChannelHandlerContext context, String line) {
    context.writeAndFlush(ByteBufUtil.writeAscii(context.alloc(), line + "\n"));
  }

  private void refuse(ChannelHandlerContext context, String reason) {
    if (step == Step.END) {
      return;
    }
    LOG.warn("the hand-over of {} came to nothing: {}", who, reason);
    counts.refused.increment();
    undo();
    String line = reason.replaceAll("[^ -~]", "?");
    String fits = line.substring(0, Math.min(line.length(), Handover.MAX_LINE_BYTES - 1));
    context
        .writeAndFlush(ByteBufUtil.writeAscii(context.alloc(), fits + "\n"))
        .addListener(ChannelFutureListener.CLOSE);
  }

  /** Nothing is left of a hand-over that was not brought to its end. */
  private void undo() {
    step = Step.END;
    if (deadline != null) {
      deadline.cancel(false);
    }
    if (namespace != null) {
      namespace.close();
      namespace = null;
    }
    if (pod != null) {
      pod.close();
      pod = null;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (step != Step.END) {
      LOG.warn("the hand-over of {} came to nothing: init went away", who);
      counts.refused.increment();
    }
    undo();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof TooLongFrameException) {
      refuse(context, "refused: a line of more than " + Handover.MAX_LINE_BYTES + " bytes");
    } else {
      LOG.debug("a hand-over broke", cause);
      context.close();
    }
  }
}
