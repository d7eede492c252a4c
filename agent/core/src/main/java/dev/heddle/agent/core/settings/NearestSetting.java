package dev.heddle.agent.core.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The setting that a mistyped name was meant to be. */
final class NearestSetting {

  /** Of the name's letters: one that differs in more was meant as something else. */
  private static final double MAX_WRONG_PART = 0.34;

  /** Letters compared at most: no setting has as many, and the work grows with their square. */
  private static final int MAX_CHARS = 32;

  private NearestSetting() {}

  static @Nullable Setting of(String name) {
    String written = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    if (written.length() > MAX_CHARS) {
      return null;
    }
    Setting nearest = null;
    int least = (int) (written.length() * MAX_WRONG_PART) + 1;
    for (Setting setting : Setting.values()) {
      int distance = distance(written, setting.name());
      if (distance < least) {
        least = distance;
        nearest = setting;
      }
    }
    return nearest;
  }

  /** Levenshtein's distance: letters to add, drop or replace. */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[above.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
