package dev.heddle.node.inbound;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Ends a connection whose client does not end a request's head (slowloris), or has long asked
 * nothing. How slow a body may be is the app's to say: it gets what comes, and its end ends both.
 */
final class ClientWatch {

  /** What is looked at. */
  interface Client {

    /** Whether a head began that is not whole. */
    boolean isInsideHead();

    /** Whether a request or its answer is under way. */
    boolean isBusy();

    /** How many requests began so far. */
    long requests();
  }

  private final Channel channel;
  private final Client client;
  private final Patience patience;
  private final LongSupplier nanoTime;
  private long insideSince;
  private long idleSince;
  private long requests;
  private boolean inside;

  private ClientWatch(Channel channel, Client client, Patience patience, LongSupplier nanoTime) {
    this.channel = channel;
    this.client = client;
    this.patience = patience;
    this.nanoTime = nanoTime;
    this.idleSince = nanoTime.getAsLong();
  }

  static void begin(Channel channel, Client client, Patience patience, LongSupplier nanoTime) {
    new ClientWatch(channel, client, patience, nanoTime).later();
  }

  private void later() {
    channel.eventLoop().schedule(this::look, patience.look(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (!channel.isActive()) {
      return;
    }
    long now = nanoTime.getAsLong();
    if (client.isInsideHead() && !inside) {
      insideSince = now;
    }
    inside = client.isInsideHead();
    if (client.isBusy() || client.requests() != requests) {
      idleSince = now;
      requests = client.requests();
    }
    boolean slow = inside && isOver(now - insideSince, patience.head());
    if (slow || isOver(now - idleSince, patience.idle())) {
      channel.close();
    } else {
      later();
    }
  }

  private static boolean isOver(long nanos, long millis) {
    return nanos >= TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
