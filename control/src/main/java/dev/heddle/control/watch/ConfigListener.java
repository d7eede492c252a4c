package dev.heddle.control.watch;

import dev.heddle.control.config.ConfigState;
import java.util.List;

/** Hears of states and problems, one after the other, on a thread of the source. */
public interface ConfigListener {

  /** Something differs from the last time. */
  void changed(ConfigState state, List<ConfigProblem> problems);
}
