package dev.heddle.agent.core.install;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.junit.jupiter.api.Test;

final class WeaverFailureTest {

  private static final ClassLoader AGENT = WeaverFailureTest.class.getClassLoader();

  @Test
  void strictRefusesWhatAModuleOfCallsFailsAt() throws Exception {
    assertThat(woven(new Calls(), true)).contains("refuse");
    assertThat(woven(new Calls(), false)).doesNotContain("refuse");
  }

  @Test
  void strictLetsOtherWorkPass() throws Exception {
    assertThat(woven(new Work(), true)).contains("Hook").doesNotContain("refuse");
  }

  /** The names in the class file. */
  private static String woven(InstrumentationModule module, boolean strict) throws Exception {
    byte[] bytes =
        ClassFileLocator.ForClassLoader.of(AGENT).locate(Library.class.getName()).resolve();
    byte[] woven =
        new Weaver(AGENT, strict)
            .weave(module, new LibraryType(), Library.class.getName(), AGENT, bytes);
    return new String(woven, StandardCharsets.ISO_8859_1);
  }

  static final class Library {
    void hooked() {}
  }

  /** Advice. */
  public static final class Hook {
    private Hook() {}

    @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
    public static void enter() {}
  }

  private static final class LibraryType extends HookedType {
    LibraryType() {
      super(Library.class.getName());
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(named("hooked"), Hook.class.getName());
    }
  }

  private static class Calls extends InstrumentationModule {
    Calls() {
      super("test");
    }

    @Override
    public List<TypeInstrumentation> typeInstrumentations() {
      return Collections.singletonList(new LibraryType());
    }
  }

  private static final class Work extends Calls implements NeverRefuses {}
}
