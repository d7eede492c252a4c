package dev.heddle.e2e;

import dev.heddle.e2e.probe.Answer;
import dev.heddle.e2e.probe.Ask;
import dev.heddle.e2e.probe.Summary;
import java.io.IOException;

/** Who makes the calls of a scenario: a library under the agent, a program in a captured pod. */
public interface TestClient {

  /** Makes one call; what the client fails with is in the answer. */
  Answer call(Ask ask) throws IOException, InterruptedException;

  /** Makes as many calls as it says. */
  Summary callMany(Ask ask) throws IOException, InterruptedException;
}
