package dev.heddle.e2e.peer;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Channels;
import java.nio.channels.CompletionHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * An AsynchronousSocketChannel: writes by handlers that gather, reads by futures. The port to
 * connect to is in the path, {@code /at/PORT/}.
 */
final class AsyncPeer implements Peer.Client {

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final long TIMEOUT_SECONDS = 30;

  @Override
  public Arrived send(Transfer transfer) throws Exception {
    URI uri = URI.create(transfer.url());
    try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
      int port = Integer.parseInt(uri.getPath().split("/", -1)[2]);
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).get();
      InputStream in = Channels.newInputStream(channel);
      write(channel, ascii(head(uri, transfer)), ByteBuffer.allocate(0));
      if (transfer.expectContinue()) {
        HttpText.head(in);
      }
      upload(channel, transfer);
      return HttpText.arrived(in, transfer.pauseMillis());
    }
  }

  private static String head(URI uri, Transfer transfer) {
    StringBuilder head =
        new StringBuilder()
            .append(transfer.upload() == 0 ? "GET " : "POST ")
            .append(uri.getPath() + '?' + uri.getQuery())
            .append(" HTTP/1.1\r\nhost: ")
            .append(uri.getHost())
            .append("\r\n");
    if (transfer.upload() > 0) {
      head.append(
          transfer.chunked()
              ? "transfer-encoding: chunked\r\n"
              : "content-length: " + transfer.upload() + "\r\n");
    }
    return head.append(transfer.expectContinue() ? "expect: 100-continue\r\n\r\n" : "\r\n")
        .toString();
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void upload(AsynchronousSocketChannel channel, Transfer transfer)
      throws Exception {
    Payload payload = new Payload(transfer.upload());
    byte[] part = new byte[BUFFER_BYTES];
    for (int count = payload.read(part, 0, part.length);
        count > 0;
        count = payload.read(part, 0, part.length)) {
      ByteBuffer body = ByteBuffer.wrap(part, 0, count);
      if (transfer.chunked()) {
        write(channel, ascii(Integer.toHexString(count) + "\r\n"), body, ascii("\r\n"));
      } else {
        write(channel, body);
      }
    }
    if (transfer.chunked() && transfer.upload() > 0) {
      write(channel, ascii("0\r\n\r\n"));
    }
  }

  private static void write(AsynchronousSocketChannel channel, ByteBuffer... bytes)
      throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    channel.write(
        bytes,
        0,
        bytes.length,
        TIMEOUT_SECONDS,
        TimeUnit.SECONDS,
        done,
        new CompletionHandler<Long, CompletableFuture<Void>>() {
          @Override
          public void completed(Long count, CompletableFuture<Void> all) {
            for (ByteBuffer each : bytes) {
              if (each.hasRemaining()) {
                channel.write(bytes, 0, bytes.length, TIMEOUT_SECONDS, TimeUnit.SECONDS, all, this);
                return;
              }
            }
            all.complete(null);
          }

          @Override
          public void failed(Throwable reason, CompletableFuture<Void> all) {
            all.completeExceptionally(
                reason instanceof IOException ? reason : new IOException(reason));
          }
        });
    done.get(2 * TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }
}
