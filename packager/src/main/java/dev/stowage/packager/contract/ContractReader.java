package dev.stowage.packager.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Reads the contract of a binding from compiled classes. Nothing is loaded or run.
 *
 * @since 0.1.0
 */
final class ContractReader {
  private static final String UPCALL = "Ldev/stowage/loader/Upcall;";
  private static final Pattern C_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final String binding;
  private final String javaPackage;
  private final Path classesDir;
  private final List<JavaMethod> natives = new ArrayList<>();
  private final List<JavaMethod> upcalls = new ArrayList<>();

  ContractReader(String binding, String javaPackage, Path classesDir) {
    this.binding = binding;
    this.javaPackage = javaPackage;
    this.classesDir = classesDir;
  }

  /**
   * Reads the listed classes.
   *
   * @param classes binary names with dots
   */
  Contract read(List<String> classes) {
    classes.forEach(this::readClass);
    Comparator<JavaMethod> order = Comparator.comparing(JavaMethod::cName);
    natives.sort(order);
    upcalls.sort(order);
    Contract contract =
        new Contract(binding, javaPackage.replace('.', '/') + "/", natives, upcalls);
    refuseClashes(contract);
    return contract;
  }

  /** True when a class file declares native methods, listed or not. */
  static boolean declaresNatives(Path classFile) {
    boolean[] found = {false};
    accept(
        classFile,
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            found[0] |= (access & Opcodes.ACC_NATIVE) != 0;
            return null;
          }
        });
    return found[0];
  }

  private void readClass(String className) {
    if (!className.startsWith(javaPackage + ".")) {
      throw ContractMessages.classOutside(binding, className, javaPackage);
    }
    String owner = className.substring(javaPackage.length() + 1).replace('.', '/');
    requireCName(className, owner.substring(owner.lastIndexOf('/') + 1));
    Path file = classesDir.resolve(className.replace('.', '/') + ".class");
    if (!Files.isRegularFile(file)) {
      throw ContractMessages.classMissing(binding, className, file);
    }
    int before = natives.size() + upcalls.size();
    accept(file, new Collector(className, owner));
    if (natives.size() + upcalls.size() == before) {
      throw ContractMessages.nothingNative(binding, className);
    }
  }

  private static void accept(Path file, ClassVisitor visitor) {
    try {
      new ClassReader(Files.readAllBytes(file))
          .accept(visitor, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // ASM throws these unchecked exceptions for bytes that are not a class file.
      throw ContractMessages.classDamaged(file, e.toString());
    }
  }

  private void addNative(String className, JavaMethod method, int access) {
    if ((access & Opcodes.ACC_STATIC) == 0) {
      throw ContractMessages.notStatic(className, method.name());
    }
    add(className, method, natives);
  }

  private void addUpcall(String className, JavaMethod method, int access) {
    if ((access & Opcodes.ACC_STATIC) == 0 || (access & Opcodes.ACC_NATIVE) != 0) {
      throw ContractMessages.upcallKind(className, method.name());
    }
    add(className, method, upcalls);
  }

  private static void add(String className, JavaMethod method, List<JavaMethod> list) {
    requireCName(className, method.name());
    requireStableTypes(className, method);
    for (JavaMethod other : list) {
      if (other.owner().equals(method.owner()) && other.name().equals(method.name())) {
        throw ContractMessages.overloaded(className, method.name());
      }
    }
    list.add(method);
  }

  private static void requireCName(String className, String name) {
    if (!C_NAME.matcher(name).matches()) {
      throw ContractMessages.notACName(className, name);
    }
  }

  private static void requireStableTypes(String className, JavaMethod method) {
    List<Type> types = new ArrayList<>(List.of(Type.getArgumentTypes(method.descriptor())));
    types.add(Type.getReturnType(method.descriptor()));
    for (Type type : types) {
      Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
      if (element.getSort() == Type.OBJECT && !element.getInternalName().startsWith("java/")) {
        throw ContractMessages.foreignType(className, method.name(), element.getClassName());
      }
    }
  }

  /** C has one name space for functions; classes and upcalls are fields of one struct. */
  private void refuseClashes(Contract contract) {
    Set<String> functions = new HashSet<>();
    for (JavaMethod method : contract.natives()) {
      requireNew(functions, method.cName());
    }
    Set<String> fields = new HashSet<>();
    for (String owner : contract.upcallOwners()) {
      requireNew(fields, owner.substring(owner.lastIndexOf('/') + 1));
    }
    for (JavaMethod method : contract.upcalls()) {
      requireNew(fields, method.cName());
    }
  }

  private void requireNew(Set<String> names, String name) {
    if (!names.add(name)) {
      throw ContractMessages.sameCName(binding, name);
    }
  }

  private final class Collector extends ClassVisitor {
    private final String className;
    private final String owner;

    Collector(String className, String owner) {
      super(Opcodes.ASM9);
      this.className = className;
      this.owner = owner;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      JavaMethod method = new JavaMethod(owner, name, descriptor);
      if ((access & Opcodes.ACC_NATIVE) != 0) {
        addNative(className, method, access);
      }
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
          if (annotation.equals(UPCALL)) {
            addUpcall(className, method, access);
          }
          return null;
        }
      };
    }
  }
}
