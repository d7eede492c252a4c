package dev.heddle.agent.core.call;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;

/** What is left of a route's timeout for the body: Istio's bounds the whole response. */
public final class BodyLimit {

  private final Deadlines deadlines;
  private final long nanos;

  BodyLimit(Deadlines deadlines, long nanos) {
    this.deadlines = deadlines;
    this.nanos = nanos;
  }

  /**
   * The body, with a clock that runs from now until the app has read or closed it.
   *
   * @param cut closes the connection under a reader; on a thread of the agent
   */
  public InputStream over(InputStream body, Runnable cut) {
    AtomicReference<State> state = new AtomicReference<>(State.READING);
    Deadlines.Timeout timer =
        deadlines.in(
            nanos,
            () -> {
              if (state.compareAndSet(State.READING, State.CUT)) {
                cut.run();
              }
            });
    return new LimitedBody(body, state, timer);
  }

  private enum State {
    READING,
    ENDED,
    CUT
  }

  private static final class LimitedBody extends FilterInputStream {
    private final AtomicReference<State> state;
    private final Deadlines.Timeout timer;

    LimitedBody(InputStream body, AtomicReference<State> state, Deadlines.Timeout timer) {
      super(body);
      this.state = state;
      this.timer = timer;
    }

    @Override
    public int read() throws IOException {
      try {
        return seen(super.read());
      } catch (IOException e) {
        throw told(e);
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return seen(super.read(bytes, offset, length));
      } catch (IOException e) {
        throw told(e);
      }
    }

    private int seen(int read) throws IOException {
      if (read < 0) {
        ended();
      }
      if (read < 0 && state.get() == State.CUT) {
        throw new IOException("upstream request timeout"); // a cut body must not look whole
      }
      return read;
    }

    private IOException told(IOException e) {
      return state.get() == State.CUT ? new IOException("upstream request timeout", e) : e;
    }

    private void ended() {
      if (state.compareAndSet(State.READING, State.ENDED)) {
        timer.cancel();
      }
    }

    @Override
    public void close() throws IOException {
      ended();
      super.close();
    }
  }
}
