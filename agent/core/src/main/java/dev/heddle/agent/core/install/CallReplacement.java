package dev.heddle.agent.core.install;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/** Writes a {@link ReplacedCall} into the methods of a class, as a call through the seam. */
final class CallReplacement implements AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper {

  private static final Type ANY = Type.getType(Object.class);

  private final ReplacedCall call;
  private final String module;
  private final Handle seam;
  private final MethodList<?> hooks;
  private int written;

  CallReplacement(ReplacedCall call, String module, Handle seam, TypePool agentTypes) {
    this.call = call;
    this.module = module;
    this.seam = seam;
    this.hooks =
        agentTypes
            .describe(call.hook())
            .resolve()
            .getDeclaredMethods()
            .filter(ElementMatchers.<MethodDescription>named(call.called()));
  }

  AsmVisitorWrapper visitor() {
    return new AsmVisitorWrapper.ForDeclaredMethods()
        .method(ElementMatchers.<MethodDescription>named(call.in()), this);
  }

  /** Called when the class is written: a call that was not found would go its own way. */
  void verify() {
    if (written == 0) {
      throw new IllegalStateException(
          "no call of " + call.owner() + '.' + call.called() + " in " + call.in());
    }
  }

  @Override
  public MethodVisitor wrap(
      TypeDescription type,
      MethodDescription method,
      MethodVisitor visitor,
      Implementation.Context context,
      TypePool types,
      int writerFlags,
      int readerFlags) {
    return new MethodVisitor(OpenedClassReader.ASM_API, visitor) {
      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean ofInterface) {
        if (name.equals(call.called()) && owner.replace('/', '.').equals(call.owner())) {
          super.visitVarInsn(Opcodes.ALOAD, 0);
          replace(this, descriptor(opcode, descriptor));
        } else {
          super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
        }
      }

      @Override
      public void visitMaxs(int stack, int locals) {
        super.visitMaxs(stack + 1, locals); // the object that calls
      }
    };
  }

  private void replace(MethodVisitor visitor, String descriptor) {
    if (hooks.filter(ElementMatchers.hasDescriptor(descriptor)).isEmpty()) {
      throw new IllegalStateException(
          call.owner() + '.' + call.called() + " has another shape here: " + descriptor);
    }
    written++;
    visitor.visitInvokeDynamicInsn(
        call.called(), descriptor, seam, module, descriptor, call.hook());
  }

  private static String descriptor(int opcode, String called) {
    List<Type> arguments = new ArrayList<>();
    if (opcode != Opcodes.INVOKESTATIC) {
      arguments.add(ANY);
    }
    for (Type argument : Type.getArgumentTypes(called)) {
      arguments.add(seen(argument));
    }
    arguments.add(ANY);
    return Type.getMethodDescriptor(Type.getReturnType(called), arguments.toArray(new Type[0]));
  }

  private static Type seen(Type argument) {
    return argument.getSort() == Type.OBJECT && !argument.getClassName().startsWith("java.")
        ? ANY
        : argument;
  }
}
