package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.AttemptListener;
import dev.heddle.policy.route.HeaderChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Of a mirror: nobody wants the answer. */
final class DroppedAnswer implements AttemptListener {

  static final DroppedAnswer INSTANCE = new DroppedAnswer();

  private DroppedAnswer() {}

  @Override
  public void sent() {}

  @Override
  public @Nullable List<HeaderChange> head(int status, int grpcStatus) {
    return null;
  }
}
