package dev.heddle.agent.instrumentation.apachehttpclient;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The app's handler with a request that it has given already. A handler of ours: the minimal
 * client's hook lets it pass.
 */
class MinimalHandler implements AsyncClientExchangeHandler {

  private final AsyncClientExchangeHandler app;
  private final HttpRequest request;
  private final @Nullable EntityDetails details;

  MinimalHandler(
      AsyncClientExchangeHandler app, HttpRequest request, @Nullable EntityDetails details) {
    this.app = app;
    this.request = request;
    this.details = details;
  }

  @Override
  public final void produceRequest(RequestChannel channel, HttpContext context)
      throws HttpException, IOException {
    channel.sendRequest(request, details, context);
  }

  @Override
  public final int available() {
    return app.available();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    app.produce(channel);
  }

  @Override
  public void consumeInformation(HttpResponse response, HttpContext context)
      throws HttpException, IOException {
    app.consumeInformation(response, context);
  }

  @Override
  public void consumeResponse(
      HttpResponse response, @Nullable EntityDetails entityDetails, HttpContext context)
      throws HttpException, IOException {
    app.consumeResponse(response, entityDetails, context);
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    app.updateCapacity(channel);
  }

  @Override
  public void consume(ByteBuffer bytes) throws IOException {
    app.consume(bytes);
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers)
      throws HttpException, IOException {
    app.streamEnd(trailers);
  }

  @Override
  public void failed(Exception cause) {
    app.failed(cause);
  }

  @Override
  public void cancel() {
    app.cancel();
  }

  @Override
  public void releaseResources() {
    app.releaseResources();
  }
}
