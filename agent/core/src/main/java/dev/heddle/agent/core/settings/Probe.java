package dev.heddle.agent.core.settings;

import com.google.auto.value.AutoValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An HTTP probe of Kubernetes, {@code PORT/PATH} or {@code https:PORT/PATH}. */
@AutoValue
public abstract class Probe {

  /** What a path and a query are made of in a request's line (RFC 9112, section 3.2). */
  private static final Pattern WRITTEN = Pattern.compile("(https:)?(\\d{1,5})(/[\\x21-\\x7e]*)");

  private static final int MAX_PORT = 65_535;

  /** The probe that a text writes, null where it is none. */
  public static @Nullable Probe parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      return null;
    }
    int port = Integer.parseInt(written.group(2));
    return port < 1 || port > MAX_PORT
        ? null
        : new AutoValue_Probe(written.group(1) != null, port, written.group(3).replace("%2C", ","));
  }

  /** Whether the app is asked over TLS; whatever certificate it shows will do, as for a kubelet. */
  public abstract boolean isTls();

  /** Where the app listens. */
  public abstract int port();

  /** The path, and the query if there is one. */
  public abstract String target();
}
