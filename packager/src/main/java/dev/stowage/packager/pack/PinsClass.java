package dev.stowage.packager.pack;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PROTECTED;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes the class {@code StowagePins}. It has the class version of Java 8 and uses only the
 * loader's {@code NativeLibrary}, {@code String} and {@code System}; equal pins give equal bytes.
 */
final class PinsClass {
  private static final String PARENT = "dev/stowage/loader/NativeLibrary";
  private static final String STRING = "Ljava/lang/String;";
  private static final int CONSTANT_LIMIT = 65535;

  private PinsClass() {}

  /**
   * The bytes of the class.
   *
   * @param name internal name: {@code dev/stowage/wasm/StowagePins}
   * @param pins text by classifier
   */
  static byte[] of(String name, SortedMap<String, String> pins) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    // Not public, because it is not part of the API.
    writer.visit(Opcodes.V1_8, ACC_FINAL | ACC_SUPER, name, null, PARENT, null);
    method(writer, ACC_STATIC, "<clinit>", "()V", code -> register(code, name));
    method(writer, ACC_PRIVATE, "<init>", "()V", PinsClass::constructor);
    method(writer, ACC_PROTECTED, "pins", "(" + STRING + ")" + STRING, code -> pins(code, pins));
    method(
        writer,
        ACC_PROTECTED,
        "classifiers",
        "()" + STRING,
        code -> {
          code.visitLdcInsn(String.join(" ", pins.keySet()));
          code.visitInsn(Opcodes.ARETURN);
        });
    method(writer, ACC_PROTECTED, "load", "(" + STRING + ")V", PinsClass::load);
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static void method(
      ClassWriter writer,
      int access,
      String name,
      String descriptor,
      Consumer<MethodVisitor> body) {
    MethodVisitor code = writer.visitMethod(access, name, descriptor, null, null);
    code.visitCode();
    body.accept(code);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  private static void register(MethodVisitor code, String name) {
    code.visitTypeInsn(Opcodes.NEW, name);
    code.visitInsn(Opcodes.DUP);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, name, "<init>", "()V", false);
    code.visitMethodInsn(Opcodes.INVOKESTATIC, name, "register", "(L" + PARENT + ";)V", false);
    code.visitInsn(Opcodes.RETURN);
  }

  private static void constructor(MethodVisitor code) {
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, PARENT, "<init>", "()V", false);
    code.visitInsn(Opcodes.RETURN);
  }

  private static void pins(MethodVisitor code, SortedMap<String, String> pins) {
    pins.forEach(
        (classifier, text) -> {
          int bytes = text.getBytes(StandardCharsets.UTF_8).length;
          if (bytes > CONSTANT_LIMIT) {
            throw PackMessages.pinsTooLong(classifier, bytes);
          }
          Label next = new Label();
          code.visitLdcInsn(classifier);
          code.visitVarInsn(Opcodes.ALOAD, 1);
          code.visitMethodInsn(
              Opcodes.INVOKEVIRTUAL, "java/lang/String", "equals", "(Ljava/lang/Object;)Z", false);
          code.visitJumpInsn(Opcodes.IFEQ, next);
          code.visitLdcInsn(text);
          code.visitInsn(Opcodes.ARETURN);
          code.visitLabel(next);
          code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        });
    code.visitInsn(Opcodes.ACONST_NULL);
    code.visitInsn(Opcodes.ARETURN);
  }

  private static void load(MethodVisitor code) {
    code.visitVarInsn(Opcodes.ALOAD, 1);
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC, "java/lang/System", "load", "(" + STRING + ")V", false);
    code.visitInsn(Opcodes.RETURN);
  }
}
