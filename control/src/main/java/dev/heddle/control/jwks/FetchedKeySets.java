package dev.heddle.control.jwks;

import dev.heddle.control.index.KeySets;
import dev.heddle.policy.authn.JwtKey;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Key sets behind URLs: fetched once they are asked for, again as they grow old, and kept while an
 * issuer does not answer.
 */
public final class FetchedKeySets implements KeySets, AutoCloseable {

  /** Istio: {@code PILOT_JWT_PUB_KEY_REFRESH_INTERVAL}. */
  static final Duration REFRESH = Duration.ofMinutes(20);

  /** Doubled with each failure, up to {@link #LONGEST_RETRY}. */
  static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

  /** URLs followed at once: more issuers than a mesh has; rules made to flood find an end. */
  static final int MAX_URLS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(FetchedKeySets.class);
  private static final int MAX_DOUBLINGS = 10;

  private static final class KeySet {
    private volatile List<JwtKey> keys = List.of();
    private int failures; // of the fetching thread
    private volatile boolean wanted = true;
    private volatile Duration timeout;

    KeySet(Duration timeout) {
      this.timeout = timeout;
    }
  }

  private final KeySetSource source;
  private final Runnable changed;
  private final Map<String, KeySet> byUrl = new LinkedHashMap<>();
  private final ScheduledExecutorService fetching;

  /**
   * Follows key sets.
   *
   * @param changed told on another thread when keys are others than before
   */
  public FetchedKeySets(KeySetSource source, Runnable changed) {
    this.source = source;
    this.changed = changed;
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("heddle-jwks").factory());
    executor.setRemoveOnCancelPolicy(true);
    fetching = executor;
  }

  @Override
  public List<JwtKey> inline(String jwks) {
    return KeySetReader.read(jwks);
  }

  @Override
  public synchronized List<JwtKey> at(String url, Duration timeout) {
    KeySet known = byUrl.get(url);
    if (known != null) {
      known.timeout = known.timeout.compareTo(timeout) < 0 ? timeout : known.timeout;
      return known.keys;
    }
    if (byUrl.size() >= MAX_URLS) {
      LOG.warn(
          "key set {} is not fetched: {} others are followed (expected: at most {})",
          url,
          byUrl.size(),
          MAX_URLS);
      return List.of();
    }
    KeySet followed = new KeySet(timeout);
    byUrl.put(url, followed);
    fetching.execute(() -> fetch(url, followed));
    return List.of();
  }

  /** Follows these URLs only; keys of others are forgotten. */
  public synchronized void retain(Set<String> urls) {
    byUrl
        .entrySet()
        .removeIf(
            entry -> {
              entry.getValue().wanted = urls.contains(entry.getKey());
              return !entry.getValue().wanted;
            });
  }

  private void fetch(String url, KeySet set) {
    if (!set.wanted) {
      return;
    }
    try {
      List<JwtKey> keys = KeySetReader.read(source.fetch(url, set.timeout));
      set.failures = 0;
      if (!keys.equals(set.keys)) {
        set.keys = keys;
        LOG.info("key set {}: {} keys that verify signatures", url, keys.size());
        changed.run();
      }
      again(url, set, REFRESH);
    } catch (IOException | RuntimeException e) {
      failed(url, set, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed meanwhile
    }
  }

  private void failed(String url, KeySet set, Exception reason) {
    if (set.failures++ == 0) {
      String held =
          set.keys.isEmpty() ? "no token of its issuer is believed" : "its last keys hold";
      LOG.warn("{} gives no key set, {} until it does: {}", url, held, reason.toString());
    }
    Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(set.failures - 1, MAX_DOUBLINGS));
    again(url, set, wait.compareTo(LONGEST_RETRY) < 0 ? wait : LONGEST_RETRY);
  }

  private void again(String url, KeySet set, Duration wait) {
    var unused = fetching.schedule(() -> fetch(url, set), wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    fetching.shutdownNow();
  }
}
