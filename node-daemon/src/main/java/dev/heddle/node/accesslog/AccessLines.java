package dev.heddle.node.accesslog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Entries as lines of JSON. */
final class AccessLines implements AutoCloseable {

  private final OutputStream out;
  private final JsonGenerator json;

  AccessLines(OutputStream out) throws IOException {
    this.out = out;
    this.json = new JsonFactory().createGenerator(out).setRootValueSeparator(null);
  }

  void write(AccessEntry entry) throws IOException {
    json.writeStartObject();
    json.writeStringField("start_time", Instant.ofEpochMilli(entry.startMillis()).toString());
    AccessEntry.Request request = entry.request();
    text("method", request == null ? null : request.method());
    text("path", request == null ? null : request.path());
    text("protocol", request == null ? null : request.protocol());
    json.writeNumberField("response_code", entry.responseCode());
    text("response_flags", entry.responseFlags().isEmpty() ? "-" : entry.responseFlags());
    text("response_code_details", entry.responseCodeDetails());
    json.writeNumberField("bytes_received", entry.bytesReceived());
    json.writeNumberField("bytes_sent", entry.bytesSent());
    json.writeNumberField("duration", entry.durationMillis());
    text("x_forwarded_for", request == null ? null : request.forwardedFor());
    text("user_agent", request == null ? null : request.userAgent());
    text("request_id", request == null ? null : request.requestId());
    text("authority", request == null ? null : request.authority());
    text("upstream_host", entry.upstreamHost());
    text("downstream_remote_address", entry.downstreamRemoteAddress());
    text("requested_server_name", entry.requestedServerName());
    text("downstream_peer_uri_san", entry.peer());
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void text(String name, @Nullable String value) throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, value);
    }
  }

  void flush() throws IOException {
    json.flush();
    out.flush();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
