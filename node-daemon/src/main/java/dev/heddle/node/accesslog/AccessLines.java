package dev.heddle.node.accesslog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Entries as lines of JSON. A line is whole before any of it is written: one may fail. */
final class AccessLines implements AutoCloseable {

  private final JsonFactory factory = new JsonFactory();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final OutputStream out;

  AccessLines(OutputStream out) {
    this.out = out;
  }

  void write(AccessEntry entry) throws IOException {
    line.reset();
    try (JsonGenerator json = factory.createGenerator(line)) {
      write(entry, json);
    }
    line.writeTo(out);
  }

  private static void write(AccessEntry entry, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("start_time", Instant.ofEpochMilli(entry.startMillis()).toString());
    AccessEntry.Request request = entry.request();
    text(json, "method", request == null ? null : request.method());
    text(json, "path", request == null ? null : request.path());
    text(json, "protocol", request == null ? null : request.protocol());
    json.writeNumberField("response_code", entry.responseCode());
    text(json, "response_flags", entry.responseFlags().isEmpty() ? "-" : entry.responseFlags());
    text(json, "response_code_details", entry.responseCodeDetails());
    json.writeNumberField("bytes_received", entry.bytesReceived());
    json.writeNumberField("bytes_sent", entry.bytesSent());
    json.writeNumberField("duration", entry.durationMillis());
    text(json, "x_forwarded_for", request == null ? null : request.forwardedFor());
    text(json, "user_agent", request == null ? null : request.userAgent());
    text(json, "request_id", request == null ? null : request.requestId());
    text(json, "authority", request == null ? null : request.authority());
    text(json, "upstream_host", entry.upstreamHost());
    text(json, "downstream_remote_address", entry.downstreamRemoteAddress());
    text(json, "requested_server_name", entry.requestedServerName());
    text(json, "downstream_peer_uri_san", entry.peer());
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private static void text(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, value);
    }
  }

  void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
