package dev.heddle.control.jwks;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.heddle.control.index.KeySets;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Key sets, and those that an issuer's own document names: OpenID Connect Discovery 1.0. */
public final class DiscoveredKeySetSource implements KeySetSource {

  private final KeySetSource web;

  /** web: both documents and key sets come from it. */
  public DiscoveredKeySetSource(KeySetSource web) {
    this.web = web;
  }

  @Override
  public String fetch(String url, Duration timeout) throws IOException, InterruptedException {
    String text = web.fetch(url, timeout);
    if (!url.endsWith(KeySets.DISCOVERY)) {
      return text;
    }
    Map<String, Object> document = parse(text);
    String issuer = url.substring(0, url.length() - KeySets.DISCOVERY.length());
    Object named = document.get("issuer");
    if (!(named instanceof String told) || !withoutSlash(told).equals(issuer)) {
      throw new IOException(
          "document of issuer " + named + " (expected: " + issuer + ", as section 4.3 asks)");
    }
    return web.fetch(keySetUrl(document.get("jwks_uri")), timeout);
  }

  private static Map<String, Object> parse(String text) throws IOException {
    try {
      return JSONObjectUtils.parse(text, KeySetReader.MAX_CHARS);
    } catch (ParseException e) {
      throw new IOException("no OpenID provider's document: " + e.getMessage(), e);
    }
  }

  private static String keySetUrl(@Nullable Object value) throws IOException {
    if (value instanceof String url && (url.startsWith("https://") || url.startsWith("http://"))) {
      return url;
    }
    throw new IOException("jwks_uri is " + value + " (expected: a URL of scheme http or https)");
  }

  private static String withoutSlash(String issuer) {
    return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
  }
}
