package dev.stowage.packager.contract;

import dev.stowage.packager.contract.AbiText.Token;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the function prototypes among the declarations of a header. */
final class AbiParser {
  private static final Set<String> ATTRIBUTES =
      Set.of("__attribute__", "__declspec", "_Alignas", "__asm__");
  private static final Set<String> TYPES = Set.of("struct", "union", "enum");
  private static final Set<String> NOT_A_NAME =
      Set.of(
          "void",
          "char",
          "short",
          "int",
          "long",
          "float",
          "double",
          "signed",
          "unsigned",
          "_Bool",
          "const",
          "struct",
          "union",
          "enum",
          "if",
          "while",
          "for",
          "sizeof",
          "return");

  private final Path file;
  private final List<Token> tokens;
  private int next;

  AbiParser(Path file, List<Token> tokens) {
    this.file = file;
    this.tokens = tokens;
  }

  /** Names of the declared functions, sorted, without those reserved for the compiler. */
  List<String> functions() {
    TreeSet<String> names = new TreeSet<>();
    while (next < tokens.size()) {
      List<Token> declaration = declaration();
      if (!declaration.isEmpty() && !isType(declaration)) {
        String name = function(declaration);
        if (!reserved(name)) {
          names.add(name);
        }
      }
    }
    return List.copyOf(names);
  }

  /** The tokens up to the ';' that ends a declaration, without braces and attributes. */
  private List<Token> declaration() {
    List<Token> out = new ArrayList<>();
    Token first = tokens.get(next);
    while (next < tokens.size()) {
      Token token = tokens.get(next++);
      if (token.text().equals(";")) {
        return out;
      }
      if (ATTRIBUTES.contains(token.text())) {
        skipGroup(token, "(", ")");
      } else if (token.text().equals("{")) {
        next--;
        skipGroup(token, "{", "}");
        if (!isType(out)) {
          return body(out, token);
        }
      } else {
        out.add(token);
      }
    }
    throw ContractMessages.header(file, first.line(), text(out) + "  (no ';' at the end)");
  }

  /** A static function with a body is not an export; any other function must not have a body. */
  private List<Token> body(List<Token> before, Token brace) {
    if (before.stream().noneMatch(token -> token.text().equals("static"))) {
      throw ContractMessages.header(file, brace.line(), text(before) + " {");
    }
    return List.of();
  }

  private void skipGroup(Token start, String open, String close) {
    int depth = 0;
    while (next < tokens.size()) {
      String text = tokens.get(next++).text();
      depth += text.equals(open) ? 1 : text.equals(close) ? -1 : 0;
      if (depth == 0) {
        return;
      }
    }
    throw ContractMessages.header(file, start.line(), start.text() + "  (never closed)");
  }

  private static boolean isType(List<Token> declaration) {
    if (declaration.isEmpty()) {
      return false;
    }
    String first = declaration.get(0).text();
    return first.equals("typedef")
        || first.equals("_Static_assert")
        || first.equals("static_assert")
        || (TYPES.contains(first) && declaration.stream().noneMatch(t -> t.text().equals("(")));
  }

  private String function(List<Token> declaration) {
    int open = 0;
    while (open < declaration.size() && !declaration.get(open).text().equals("(")) {
      open++;
    }
    boolean closed = declaration.get(declaration.size() - 1).text().equals(")");
    if (open < 2 || open == declaration.size() || !closed || closesAt(declaration, open)) {
      throw ContractMessages.header(file, declaration.get(0).line(), text(declaration));
    }
    Token name = declaration.get(open - 1);
    boolean isStatic = declaration.get(0).text().equals("static");
    if (isStatic || !name.isName() || NOT_A_NAME.contains(name.text())) {
      throw ContractMessages.header(file, declaration.get(0).line(), text(declaration));
    }
    return name.text();
  }

  /** True when the parameter list ends before the declaration does. */
  private static boolean closesAt(List<Token> declaration, int open) {
    int depth = 0;
    for (int i = open; i < declaration.size(); i++) {
      String text = declaration.get(i).text();
      depth += text.equals("(") ? 1 : text.equals(")") ? -1 : 0;
      if (depth == 0) {
        return i != declaration.size() - 1;
      }
    }
    return true;
  }

  /** C11 7.1.3: these names belong to the implementation; cgo declares two of them. */
  private static boolean reserved(String name) {
    return name.startsWith("__")
        || (name.length() > 1 && name.charAt(0) == '_' && Character.isUpperCase(name.charAt(1)));
  }

  private static String text(List<Token> declaration) {
    StringBuilder out = new StringBuilder();
    for (Token token : declaration) {
      boolean glued = out.isEmpty() || out.charAt(out.length() - 1) == '(';
      glued |= "(),;*".contains(token.text());
      out.append(glued ? "" : " ").append(token.text());
    }
    return out.toString();
  }
}
