package dev.heddle.node.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a page says. */
@SuppressWarnings("ArrayRecordComponent") // never compared, written once
public record Reply(int status, String type, byte[] body) {

  /** Bytes behind which a page of JSON takes no further entries: a browser still shows it. */
  private static final int FULL_BYTES = 4 << 20;

  private static final JsonFactory JSON = new JsonFactory();

  /** Writes the value of a page. */
  public interface Json {
    void write(JsonGenerator json) throws IOException;
  }

  /** Plain text. */
  public static Reply text(int status, String body) {
    return new Reply(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether so much is written that a page leaves out what would follow, and says so. */
  static boolean isFull(JsonGenerator json) {
    return json.getOutputTarget() instanceof ByteArrayOutputStream written
        && written.size() >= FULL_BYTES;
  }

  /** JSON, indented: people read it. */
  public static Reply json(Json value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
      value.write(json);
    }
    return new Reply(200, "application/json", out.toByteArray());
  }
}
