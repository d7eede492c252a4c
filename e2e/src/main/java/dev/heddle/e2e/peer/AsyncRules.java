package dev.heddle.e2e.peer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What an app can rely on when it uses asynchronous channels, as lines that say what happened; the
 * other end says what it is told. Argument: port; one exchange for each.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is thrown before there is one is looked at
public final class AsyncRules {

  private static final long TIMEOUT_SECONDS = 20;
  private static final long SHORT_MILLIS = 200;

  private final int port;

  private AsyncRules(int port) {
    this.port = port;
  }

  public static void main(String[] arguments) throws Exception {
    AsyncRules rules = new AsyncRules(Integer.parseInt(arguments[0]));
    rules.tell("one operation of a kind at a time", rules::second);
    rules.tell("a time-out ends reading for good", rules::timeout);
    rules.tell("a cancelled read ends reading for good", rules::cancelled);
    rules.tell("closing ends what is pending", rules::closed);
    rules.tell("the other half stays open", rules::halfClosed);
    rules.tell("an end of input is the end", rules::inputShut);
    rules.tell("several buffers", rules::scattered);
    rules.tell("nothing to read into", rules::noRoom);
    System.exit(0);
  }

  private interface Rule {
    Object seen(AsynchronousSocketChannel channel) throws Exception;
  }

  private void tell(String name, Rule rule) throws Exception {
    try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).get();
      System.out.println(name + ": " + seen(rule, channel));
    }
  }

  private static Object seen(Rule rule, AsynchronousSocketChannel channel) {
    try {
      return rule.seen(channel);
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause(), "cause").getClass().getName();
    } catch (Exception e) { // which one is what is told
      return e.getClass().getName();
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String text(ByteBuffer buffer) {
    return StandardCharsets.US_ASCII.decode(buffer.duplicate().flip()).toString();
  }

  /** The handshake, if there is one, is over after that. */
  private static String greeted(AsynchronousSocketChannel channel) throws Exception {
    channel.write(bytes(Payload.MARK)).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    ByteBuffer answer = ByteBuffer.allocate(Payload.MARK.length());
    while (answer.hasRemaining()) {
      channel.read(answer).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
    return text(answer);
  }

  private Object second(AsynchronousSocketChannel channel) {
    Future<Integer> first = channel.read(ByteBuffer.allocate(1));
    try {
      return channel.read(ByteBuffer.allocate(1));
    } finally {
      first.cancel(true);
    }
  }

  private static CompletableFuture<Object> read(
      AsynchronousSocketChannel channel, ByteBuffer into, long millis) {
    CompletableFuture<Object> done = new CompletableFuture<>();
    channel.read(
        into,
        millis,
        TimeUnit.MILLISECONDS,
        done,
        new CompletionHandler<Integer, CompletableFuture<Object>>() {
          @Override
          public void completed(Integer count, CompletableFuture<Object> told) {
            told.complete(count);
          }

          @Override
          public void failed(Throwable reason, CompletableFuture<Object> told) {
            told.complete(reason.getClass().getName());
          }
        });
    return done;
  }

  private Object timeout(AsynchronousSocketChannel channel) throws Exception {
    greeted(channel);
    Object first =
        read(channel, ByteBuffer.allocate(1), SHORT_MILLIS).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    return first + ", then " + seen(c -> c.read(ByteBuffer.allocate(1)), channel);
  }

  private Object cancelled(AsynchronousSocketChannel channel) throws Exception {
    greeted(channel);
    Future<Integer> read = channel.read(ByteBuffer.allocate(1));
    return read.cancel(false) + ", then " + seen(c -> c.read(ByteBuffer.allocate(1)), channel);
  }

  private Object closed(AsynchronousSocketChannel channel) throws Exception {
    CompletableFuture<Object> read = read(channel, ByteBuffer.allocate(1), 0);
    channel.close();
    return read.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  private Object halfClosed(AsynchronousSocketChannel channel) throws Exception {
    channel.write(bytes("last")).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    channel.shutdownOutput();
    ByteBuffer answer = ByteBuffer.allocate(10);
    int count = 0;
    while (count >= 0) {
      count = channel.read(answer).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
    return text(answer)
        + ", then the end, and writing is "
        + seen(c -> c.write(bytes("more")).get(), channel);
  }

  private Object inputShut(AsynchronousSocketChannel channel) throws Exception {
    greeted(channel);
    channel.shutdownInput();
    return channel.read(ByteBuffer.allocate(1)).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  private Object scattered(AsynchronousSocketChannel channel) throws Exception {
    CompletableFuture<Object> done = new CompletableFuture<>();
    CompletionHandler<Long, CompletableFuture<Object>> tell =
        new CompletionHandler<>() {
          @Override
          public void completed(Long count, CompletableFuture<Object> told) {
            told.complete(count);
          }

          @Override
          public void failed(Throwable reason, CompletableFuture<Object> told) {
            told.complete(reason.getClass().getName());
          }
        };
    ByteBuffer[] gathered = {bytes("to be "), ByteBuffer.allocate(0), bytes("told")};
    channel.write(gathered, 0, 3, TIMEOUT_SECONDS, TimeUnit.SECONDS, done, tell);
    Object written = done.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    ByteBuffer first = ByteBuffer.allocate(3);
    ByteBuffer rest = ByteBuffer.allocate(20);
    while (first.position() + rest.position() < 10) {
      CompletableFuture<Object> read = new CompletableFuture<>();
      ByteBuffer[] scattered = {first, rest};
      channel.read(scattered, 0, 2, TIMEOUT_SECONDS, TimeUnit.SECONDS, read, tell);
      read.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
    return written + " out, [" + text(first) + "][" + text(rest) + "] in";
  }

  private Object noRoom(AsynchronousSocketChannel channel) throws Exception {
    return channel.read(ByteBuffer.allocate(0)).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }
}
