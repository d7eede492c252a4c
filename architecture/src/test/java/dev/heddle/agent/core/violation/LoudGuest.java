package dev.heddle.agent.core.violation;

import dev.heddle.agent.instrumentation.one.violation.AdapterThatKnowsAnother;
import dev.heddle.rules.RuleParser;
import java.security.NoSuchAlgorithmException;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;

/** Does in the app's JVM what only the app may do. */
public final class LoudGuest {

  private LoudGuest() {}

  /** Writes to both outputs, logs and ends the app. */
  @SuppressWarnings("SystemExitOutsideMain") // it is here to be found
  public static void shout(RuleParser parser, AdapterThatKnowsAnother adapter) {
    System.out.println(parser.getClass());
    System.err.println(adapter);
    Logger.getLogger("x").info("x");
    System.exit(1);
  }

  /** Makes the app's default TLS before the app has said how it is to be. */
  public static SSLContext tooEarly() throws NoSuchAlgorithmException {
    return SSLContext.getDefault();
  }
}
