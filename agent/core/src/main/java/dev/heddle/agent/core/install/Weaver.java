package dev.heddle.agent.core.install;

import dev.heddle.agent.bootstrap.Attached;
import dev.heddle.agent.bootstrap.Seam;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.modifier.FieldPersistence;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.VisibilityBridgeStrategy;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.FieldAccessor;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.JavaConstant;

/**
 * Weaves the advice of a module into the bytes of a class. Advice is described from its class file
 * and never loaded here: loading it could load the very class that is being woven.
 */
final class Weaver {

  /** What {@link HookedType#attaches} adds; advice reads it as a field of its own. */
  static final String FIELD = "heddle$attached";

  private final ClassFileLocator agentClasses;
  private final TypePool agentTypes;
  private final Method bootstrap;
  private final Advice.ExceptionHandler onFailedCall;
  private final Advice.ExceptionHandler onFailedRequest;

  /** strict: a failure of the advice ends the app's call, instead of letting it pass. */
  Weaver(ClassLoader agent, boolean strict) throws NoSuchMethodException {
    this.onFailedCall = strict ? calling("refuse") : Advice.ExceptionHandler.Default.SUPPRESSING;
    this.onFailedRequest = calling(strict ? "refuse" : "refuseGuarded");
    this.agentClasses = ClassFileLocator.ForClassLoader.of(agent);
    this.agentTypes = TypePool.Default.of(agentClasses);
    this.bootstrap =
        Seam.class.getMethod(
            "link", MethodHandles.Lookup.class, String.class, MethodType.class, Object[].class);
  }

  private static Advice.ExceptionHandler calling(String refusal) throws NoSuchMethodException {
    return new Advice.ExceptionHandler.Simple(
        MethodInvocation.invoke(
            new MethodDescription.ForLoadedMethod(Seam.class.getMethod(refusal, Throwable.class))));
  }

  private Advice.ExceptionHandler onFailure(InstrumentationModule module) {
    if (module instanceof NeverRefuses) {
      return Advice.ExceptionHandler.Default.SUPPRESSING;
    }
    return module instanceof GuardsRequests ? onFailedRequest : onFailedCall;
  }

  /** name: of the class, which may be a copy of the hooked type. */
  byte[] weave(
      InstrumentationModule module,
      HookedType hook,
      String name,
      ClassLoader loader,
      byte[] bytes) {
    ClassFileLocator locator =
        new ClassFileLocator.Compound(
            new ClassFileLocator.Simple(Collections.singletonMap(name, bytes)),
            ClassFileLocator.ForClassLoader.of(loader));
    TypeDescription type = TypePool.Default.of(locator).describe(name).resolve();
    DynamicType.Builder<?> builder =
        new ByteBuddy()
            .with(TypeValidation.DISABLED)
            .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
            .with(VisibilityBridgeStrategy.Default.NEVER)
            .with(
                hook.attaches()
                    ? InstrumentedType.Factory.Default.MODIFIABLE
                    : InstrumentedType.Factory.Default.FROZEN)
            .redefine(type, locator)
            .visit(new Java7Classes());
    if (hook.attaches()) {
      builder = attached(builder);
    }
    Applied applied = new Applied(module.getClass().getName(), builder, onFailure(module));
    hook.transform(applied);
    List<CallReplacement> calls = new ArrayList<>();
    for (ReplacedCall call : hook.replacedCalls()) {
      CallReplacement replacement =
          new CallReplacement(call, module.getClass().getName(), seam(), agentTypes);
      calls.add(replacement);
      applied.builder = applied.builder.visit(replacement.visitor());
    }
    byte[] woven = applied.builder.make().getBytes();
    calls.forEach(CallReplacement::verify);
    return woven;
  }

  private Handle seam() {
    return new Handle(
        Opcodes.H_INVOKESTATIC,
        Type.getInternalName(Seam.class),
        bootstrap.getName(),
        Type.getMethodDescriptor(bootstrap),
        false);
  }

  private static DynamicType.Builder<?> attached(DynamicType.Builder<?> builder) {
    return builder
        .implement(Attached.class)
        .defineField(FIELD, Object.class, Visibility.PUBLIC, FieldPersistence.TRANSIENT)
        .defineMethod("heddleAttached", Object.class, Visibility.PUBLIC)
        .intercept(FieldAccessor.ofField(FIELD))
        .defineMethod("heddleAttach", void.class, Visibility.PUBLIC)
        .withParameters(Object.class)
        .intercept(FieldAccessor.ofField(FIELD));
  }

  /** Collects what a hook wants done to its type. */
  private final class Applied implements TypeTransformer {
    private final String module;
    private final Advice.ExceptionHandler onFailure;
    private DynamicType.Builder<?> builder;

    Applied(String module, DynamicType.Builder<?> builder, Advice.ExceptionHandler onFailure) {
      this.module = module;
      this.builder = builder;
      this.onFailure = onFailure;
    }

    @Override
    public void applyAdviceToMethod(
        ElementMatcher<? super MethodDescription> methods,
        Function<Advice.WithCustomMapping, Advice.WithCustomMapping> customizer,
        String advice) {
      Advice.WithCustomMapping mapping =
          customizer
              .apply(Advice.withCustomMapping())
              .with(new Advice.AssignReturned.Factory().withSuppressed(Throwable.class))
              .bootstrap(
                  bootstrap,
                  new LinkArguments(module),
                  TypeDescription.Generic.Visitor.Generalizing.INSTANCE);
      builder =
          builder.visit(
              mapping
                  .to(agentTypes.describe(advice).resolve(), agentClasses)
                  .withExceptionHandler(onFailure)
                  .on(methods));
    }

    @Override
    public void applyTransformer(AgentBuilder.Transformer transformer) {
      throw new UnsupportedOperationException(
          module + " applies a transformer of its own; this host weaves advice only");
    }
  }

  /** The constants of a woven place: its module, the advice's descriptor and class. */
  private static final class LinkArguments implements Advice.BootstrapArgumentResolver.Factory {
    private final String module;

    LinkArguments(String module) {
      this.module = module;
    }

    @Override
    public Advice.BootstrapArgumentResolver resolve(
        MethodDescription.InDefinedShape advice, boolean exit) {
      return (type, method) ->
          Arrays.asList(
              JavaConstant.Simple.ofLoaded(module),
              JavaConstant.Simple.ofLoaded(advice.getDescriptor()),
              JavaConstant.Simple.ofLoaded(advice.getDeclaringType().getName()));
    }
  }
}
