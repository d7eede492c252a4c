package dev.heddle.control.kubernetes;

import dev.heddle.control.ca.Authentication.Proven;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose tokens were believed just now; holds their hashes, not the tokens. */
final class RecentlyProven {

  /** A process that starts calls a few times; the token of a deleted pod ends as soon. */
  private static final Duration REMEMBERED = Duration.ofSeconds(10);

  /** Tokens at once, the oldest goes: more than reviews in that time. */
  private static final int MAX_TOKENS = 10_000;

  private record Remembered(Proven proven, Instant until) {}

  private final InstantSource clock;
  private final Map<String, Remembered> byHash =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
          return size() > MAX_TOKENS;
        }
      };

  RecentlyProven(InstantSource clock) {
    this.clock = clock;
  }

  /** Who this token has proven of late, or null. */
  synchronized @Nullable Proven find(String token) {
    Remembered found = byHash.get(hash(token));
    return found != null && clock.instant().isBefore(found.until()) ? found.proven() : null;
  }

  synchronized void remember(String token, Proven proven) {
    byHash.remove(hash(token)); // to be the newest again
    byHash.put(hash(token), new Remembered(proven, clock.instant().plus(REMEMBERED)));
  }

  private static String hash(String token) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
