package dev.heddle.policy.call;

import dev.heddle.policy.route.HeaderChange;
import java.util.List;

/** What the driver of a {@link Call} does next. */
public abstract class Action {

  private Action() {}

  /** Wait, then tell {@link Call#waited}. */
  public static final class Wait extends Action {
    private final long nanos;

    Wait(long nanos) {
      this.nanos = nanos;
    }

    /** How long, at least 0. */
    public long nanos() {
      return nanos;
    }
  }

  /** Send the request; then tell what became of it. */
  public static final class Send extends Action {
    private final Attempt attempt;

    Send(Attempt attempt) {
      this.attempt = attempt;
    }

    /** Where and how. */
    public Attempt attempt() {
      return attempt;
    }
  }

  /** Give the app this answer; the call is over. */
  public static final class Reply extends Action {
    private final LocalReply reply;

    Reply(LocalReply reply) {
      this.reply = reply;
    }

    /** The answer. */
    public LocalReply reply() {
      return reply;
    }
  }

  /** Give the app the response of the last attempt, then tell {@link Call#finished}. */
  public static final class Deliver extends Action {
    private final List<HeaderChange> responseHeaders;

    private final long timeoutNanos;

    Deliver(List<HeaderChange> responseHeaders, long timeoutNanos) {
      this.responseHeaders = responseHeaders;
      this.timeoutNanos = timeoutNanos;
    }

    /** What is left of the route's timeout for the rest of the response, 0 for no limit. */
    public long timeoutNanos() {
      return timeoutNanos;
    }

    /** Changes to the response's headers, in order. */
    public List<HeaderChange> responseHeaders() {
      return responseHeaders;
    }
  }

  /** Give the app the error of the last attempt as its library reports it; the call is over. */
  public static final class Fail extends Action {
    static final Fail INSTANCE = new Fail();
  }
}
