package dev.heddle.agent.core.install;

import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/** A type known by its name, so that Byte Buddy is not asked about every class that loads. */
public abstract class HookedType implements TypeInstrumentation {

  private final String name;

  /** A type by its binary name, like {@code java.net.Socket}. */
  protected HookedType(String name) {
    this.name = name;
  }

  /** The binary name. */
  public final String name() {
    return name;
  }

  /** Packages of its Java module, beside its own, that advice and helpers must see into. */
  public List<String> alsoOpens() {
    return Collections.emptyList();
  }

  /**
   * Whether objects of the type get a field, {@link Weaver#FIELD}, and {@link
   * dev.heddle.agent.bootstrap.Attached} to reach it. Such a type must not be loaded before the
   * agent.
   */
  public boolean attaches() {
    return false;
  }

  /**
   * Whether it is hooked in copies of its library that bear other names too: {@code io.netty.X} in
   * whatever ends with {@code .netty.X}.
   */
  public boolean alsoRelocated() {
    return false;
  }

  /** Calls within its methods that go to the agent instead. */
  public List<ReplacedCall> replacedCalls() {
    return Collections.emptyList();
  }

  @Override
  public final ElementMatcher<TypeDescription> typeMatcher() {
    return ElementMatchers.named(name);
  }
}
