package dev.heddle.agent.core.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.agent.core.socket.Refusals.Reason;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RefusalsTest {

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Refusals refusals = new Refusals(new Handshakes(), lines::add);

  @Test
  void theFirstOfEachKindIsToldAtOnce() {
    refusals.add(Reason.NO_MESH_TLS, "from /10.0.0.1:4711");
    refusals.add(Reason.TOO_MANY, "from /10.0.0.2:4711");

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("no mesh TLS on a STRICT port").contains("/10.0.0.1:4711");
  }

  @Test
  void theOthersAreToldOnceAMinuteWithTheirNumberAndTheLast() {
    for (int i = 0; i < 1000; i++) {
      refusals.add(Reason.HANDSHAKE, "number " + i);
    }
    assertThat(lines).hasSize(1);

    refusals.tellAgain(Reason.HANDSHAKE);

    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).contains("refused 999 more connections").contains("number 999");
  }

  @Test
  void afterAQuietMinuteTheNextIsToldAtOnce() {
    refusals.add(Reason.HANDSHAKE, "one");
    refusals.tellAgain(Reason.HANDSHAKE);
    refusals.add(Reason.HANDSHAKE, "two");

    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).contains("two");
  }

  @Test
  void aPeerWritesNoLinesOfItsOwn() {
    refusals.add(Reason.HANDSHAKE, "spiffe://x\n[heddle] all is well" + new String(new char[1000]));

    assertThat(lines.get(0)).doesNotContain("\n").hasSizeLessThan(500);
  }
}
