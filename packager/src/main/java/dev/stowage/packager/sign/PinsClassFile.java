package dev.stowage.packager.sign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The compiled class {@code StowagePins}, which may have been relocated after packing. */
final class PinsClassFile {
  /** The name of JAR entries that contain pins. */
  static final String NAME = "StowagePins.class";

  private PinsClassFile() {}

  /** The pins text by classifier, as the method {@code pins} returns it. */
  static SortedMap<String, String> read(byte[] classFile) {
    List<String> constants = new ArrayList<>();
    ClassVisitor visitor =
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            return name.equals("pins") ? new Collector(constants) : null;
          }
        };
    new ClassReader(classFile).accept(visitor, ClassReader.SKIP_FRAMES);
    SortedMap<String, String> pins = new TreeMap<>();
    for (int i = 0; i + 1 < constants.size(); i += 2) {
      pins.put(constants.get(i), constants.get(i + 1));
    }
    return pins;
  }

  private static final class Collector extends MethodVisitor {
    private final List<String> constants;

    Collector(List<String> constants) {
      super(Opcodes.ASM9);
      this.constants = constants;
    }

    @Override
    public void visitLdcInsn(Object value) {
      if (value instanceof String text) {
        constants.add(text);
      }
    }
  }

  /** The class with new texts; its constant pool is rebuilt, without the old ones. */
  static byte[] with(byte[] classFile, Map<String, String> newByOld) {
    ClassWriter writer = new ClassWriter(0);
    ClassVisitor visitor =
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, next) {
              @Override
              public void visitLdcInsn(Object value) {
                super.visitLdcInsn(value instanceof String t ? newByOld.getOrDefault(t, t) : value);
              }
            };
          }
        };
    new ClassReader(classFile).accept(visitor, 0);
    return writer.toByteArray();
  }
}
