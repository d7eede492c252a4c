package dev.heddle.e2e.probe;

import java.util.Map;
import java.util.TreeMap;

/** What came of many calls: answers in a word each, how often, and when first and last. */
public record Summary(Map<String, Seen> answers) {

  /**
   * One kind of answer.
   *
   * @param firstStarted when the first call with this answer was started, milliseconds since 1970
   * @param lastStarted when the last one was
   */
  public record Seen(int count, long firstStarted, long lastStarted) {

    Seen with(long started) {
      return new Seen(count + 1, Math.min(firstStarted, started), Math.max(lastStarted, started));
    }
  }

  /** Of nothing yet. */
  public static Summary empty() {
    return new Summary(new TreeMap<>());
  }

  /** Counts an answer to a call started at a time in milliseconds since 1970. */
  public synchronized void add(String word, long started) {
    answers.merge(word, new Seen(1, started, started), (before, one) -> before.with(started));
  }

  /** How often an answer came. */
  public int count(String word) {
    Seen seen = answers.get(word);
    return seen == null ? 0 : seen.count();
  }

  /** When the last call with this answer was started, milliseconds since 1970; 0: it never came. */
  public long lastStarted(String word) {
    Seen seen = answers.get(word);
    return seen == null ? 0 : seen.lastStarted();
  }

  /** How many answers came. */
  public int total() {
    return answers.values().stream().mapToInt(Seen::count).sum();
  }
}
