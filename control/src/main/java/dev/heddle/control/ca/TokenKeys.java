package dev.heddle.control.ca;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of workload tokens, EC P-256, named by their thumbprints (RFC 7638). They are not the
 * authority's: who may make tokens need not hold a root.
 */
record TokenKeys(List<ECKey> keys) {

  static final TokenKeys NONE = new TokenKeys(List.of());

  TokenKeys {
    keys = List.copyOf(keys);
  }

  /** A set of one new key, as JSON. */
  static String generate(SecureRandom random) {
    try {
      ECKey key =
          new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).secureRandom(random).generate();
      return new JWKSet(key).toString(false) + "\n"; // false: with its private part
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has EC P-256", e);
    }
  }

  /** IOException says what in the JSON is no such key. */
  static TokenKeys parse(String json) throws IOException {
    List<ECKey> keys = new ArrayList<>();
    try {
      for (JWK key : JWKSet.parse(json).getKeys()) {
        keys.add(signing(key));
      }
    } catch (ParseException e) {
      throw new IOException("no JWK set: " + e.getMessage(), e);
    }
    return new TokenKeys(keys);
  }

  private static ECKey signing(JWK key) throws IOException {
    if (key instanceof ECKey ec
        && ec.getCurve().equals(Curve.P_256)
        && ec.isPrivate()
        && ec.getKeyID() != null) {
      return ec;
    }
    throw new IOException(
        "key " + key.getKeyID() + " (expected: EC P-256, with its private part and a kid)");
  }

  /** The key that signs, or null where there is none. */
  @Nullable ECKey signing() {
    return keys.isEmpty() ? null : keys.getFirst();
  }

  /** The key of a name, or null where none is called so. */
  @Nullable ECKey named(@Nullable String id) {
    return keys.stream().filter(key -> key.getKeyID().equals(id)).findFirst().orElse(null);
  }
}
