package dev.heddle.agent.core.install;

import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Makes classes for Java 6, as Netty 4.1's are, classes for Java 7: the seam is called with
 * invokedynamic, which the older have not. Their stack maps are of the same kind (JVMS 4.10).
 */
final class Java7Classes extends AsmVisitorWrapper.AbstractBase {

  private static final int MAJOR = 0xffff;

  @Override
  public ClassVisitor wrap(
      TypeDescription type,
      ClassVisitor visitor,
      Implementation.Context context,
      TypePool types,
      FieldList<FieldDescription.InDefinedShape> fields,
      MethodList<?> methods,
      int writerFlags,
      int readerFlags) {
    return new ClassVisitor(OpenedClassReader.ASM_API, visitor) {
      @Override
      public void visit(
          int version,
          int access,
          String name,
          String signature,
          String superName,
          String[] interfaces) {
        if ((version & MAJOR) < Opcodes.V1_6) {
          throw new IllegalStateException("a class for Java 5 or older has no stack maps");
        }
        int atLeast = (version & MAJOR) == Opcodes.V1_6 ? Opcodes.V1_7 : version;
        super.visit(atLeast, access, name, signature, superName, interfaces);
      }
    };
  }
}
