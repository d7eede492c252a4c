package dev.heddle.agent.core.call;

import dev.heddle.policy.route.HeaderChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an adapter tells of an attempt before its end; on any thread. */
public interface AttemptListener {

  /** The request is out; the app's own response timeout runs from here. */
  void sent();

  /**
   * The head of the response is here, told once.
   *
   * @param grpcStatus its grpc-status header, -1 if there is none
   * @return changes to its headers, in order, before the app sees it; null: it is not for the app,
   *     drop it, another attempt follows
   */
  @Nullable List<HeaderChange> head(int status, int grpcStatus);
}
