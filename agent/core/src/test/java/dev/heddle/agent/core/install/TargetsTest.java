package dev.heddle.agent.core.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest {

  private final Targets targets = new Targets();

  private void add(String name, boolean relocated) {
    InstrumentationModule module =
        new InstrumentationModule("test") {
          @Override
          public List<TypeInstrumentation> typeInstrumentations() {
            return Collections.emptyList();
          }
        };
    HookedType hook =
        new HookedType(name) {
          @Override
          public boolean alsoRelocated() {
            return relocated;
          }

          @Override
          public void transform(TypeTransformer transformer) {
            // places nothing
          }
        };
    targets.add(module, hook, false);
  }

  @Test
  void copiesOfALibraryWithOtherNamesAreFound() {
    add("io.netty.channel.epoll.Epoll", true);

    assertThat(targets.find("io/netty/channel/epoll/Epoll")).isNotNull();
    assertThat(targets.find("io/grpc/netty/shaded/io/netty/channel/epoll/Epoll")).isNotNull();
    assertThat(targets.find("com/example/deps/netty/channel/epoll/Epoll")).isNotNull();
    assertThat(targets.find("com/example/kinetty/channel/epoll/Epoll")).isNull();
    assertThat(targets.find("io/netty/channel/epoll/EpollMode")).isNull();
  }

  @Test
  void whatIsNotSaidToBeRelocatedIsFoundByItsOwnNameAlone() {
    add("java.net.Socket", false);

    assertThat(targets.find("java/net/Socket")).isNotNull();
    assertThat(targets.find("shaded/java/net/Socket")).isNull();
  }
}
