package dev.stowage.packager.contract;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.objectweb.asm.Type;

/** JNI's C types of JVM descriptors (JNI specification, chapter 3). */
final class CType {
  private CType() {}

  /** The C type of a parameter or result. */
  static String of(Type type) {
    return switch (type.getSort()) {
      case Type.VOID -> "void";
      case Type.ARRAY -> ofArray(type);
      case Type.OBJECT ->
          switch (type.getInternalName()) {
            case "java/lang/String" -> "jstring";
            case "java/lang/Class" -> "jclass";
            case "java/lang/Throwable" -> "jthrowable";
            default -> "jobject";
          };
      default -> "j" + type.getClassName();
    };
  }

  /** The prototype {@code jint JNICALL Owner_name(JNIEnv *env, jclass cls, jint)}. */
  static String prototype(JavaMethod method) {
    String parameters =
        Arrays.stream(Type.getArgumentTypes(method.descriptor()))
            .map(type -> ", " + of(type))
            .collect(Collectors.joining());
    return of(Type.getReturnType(method.descriptor()))
        + " JNICALL "
        + method.cName()
        + "(JNIEnv *env, jclass cls"
        + parameters
        + ")";
  }

  /**
   * The head of an upcall's wrapper: {@code jint stowage_upcall_Owner_name(JNIEnv *env, jint a1)}.
   */
  static String upcall(JavaMethod method) {
    StringBuilder head = new StringBuilder(of(Type.getReturnType(method.descriptor())));
    head.append(" stowage_upcall_").append(method.cName()).append("(JNIEnv *env");
    int number = 0;
    for (Type type : Type.getArgumentTypes(method.descriptor())) {
      head.append(", ").append(of(type)).append(" a").append(++number);
    }
    return head.append(")").toString();
  }

  /**
   * A primitive type or void in the names of JNI's functions: {@code Long} of CallStaticLongMethod.
   */
  static String capitalized(Type type) {
    String name = type.getClassName();
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static String ofArray(Type type) {
    Type element = type.getElementType();
    return type.getDimensions() > 1 || element.getSort() == Type.OBJECT
        ? "jobjectArray"
        : "j" + element.getClassName() + "Array";
  }
}
