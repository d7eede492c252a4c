package dev.heddle.agent.core.substitute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

final class LibraryLoggerTest {

  @Test
  void whatEndsALibrarysWorkIsToldAndTheRestIsDropped() {
    List<String> told = new ArrayList<>();
    LibraryLogger.tell((line, failure) -> told.add(line + " " + failure));
    LibraryLogger logger = LibraryLogger.getLogger("io.grpc.internal.ManagedChannelImpl");
    logger.log(Level.WARNING, "hm");
    logger.warning("hm");
    logger.log(Level.SEVERE, "Panic!", new IllegalStateException("no"));
    for (int i = 0; i < 100; i++) {
      logger.log(Level.SEVERE, "again", i);
    }
    assertThat(told.get(0))
        .isEqualTo("ManagedChannelImpl: Panic! java.lang.IllegalStateException: no");
    assertThat(told).hasSize(20);
  }
}
