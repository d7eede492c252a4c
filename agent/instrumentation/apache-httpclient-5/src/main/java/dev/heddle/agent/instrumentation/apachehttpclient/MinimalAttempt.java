package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.AttemptListener;
import dev.heddle.policy.route.HeaderChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** One attempt of the minimal client; its end is not yet the app's. */
final class MinimalAttempt extends MinimalHandler {

  private final RequestHead head;
  private final AttemptListener listener;
  private final CompletableFuture<Boolean> end = new CompletableFuture<>();
  private volatile boolean forApp;
  private volatile @Nullable MinimalLease lease;

  MinimalAttempt(
      AsyncClientExchangeHandler app,
      HttpRequest request,
      @Nullable EntityDetails details,
      RequestHead head,
      AttemptListener listener) {
    super(app, request, details);
    this.head = head;
    this.listener = listener;
  }

  /** Before it begins: what is told of the response; null: nothing limits the connection. */
  void goesBy(@Nullable MinimalLease connection) {
    lease = connection;
  }

  CompletableFuture<Boolean> end() {
    return end;
  }

  @Override
  public void consumeResponse(
      HttpResponse response, @Nullable EntityDetails entityDetails, HttpContext context)
      throws HttpException, IOException {
    MinimalLease connection = lease;
    if (connection != null) {
      connection.answered();
    }
    List<HeaderChange> changes =
        end.isDone()
            ? null
            : listener.head(
                AttemptHead.status(head, response), AttemptHead.grpcStatus(head, response));
    if (changes != null) {
      forApp = true;
      AttemptHead.change(response, changes);
      super.consumeResponse(response, entityDetails, context);
    }
    if (entityDetails == null) {
      end.complete(true);
    }
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    if (forApp) {
      super.updateCapacity(channel);
    } else {
      channel.update(Integer.MAX_VALUE);
    }
  }

  @Override
  public void consume(ByteBuffer bytes) throws IOException {
    if (forApp) {
      super.consume(bytes);
    }
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers)
      throws HttpException, IOException {
    if (forApp) {
      super.streamEnd(trailers);
    }
    end.complete(true);
  }

  @Override
  public void failed(Exception cause) {
    end.completeExceptionally(cause);
  }

  @Override
  public void cancel() {
    end.completeExceptionally(new CancellationException("request cancelled"));
  }

  @Override
  public void releaseResources() {
    // the call does, when it is over
  }
}
