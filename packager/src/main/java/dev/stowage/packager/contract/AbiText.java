package dev.stowage.packager.contract;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns a C header into tokens, without comments, preprocessor lines and C++ parts. */
final class AbiText {
  /**
   * One token.
   *
   * @param text an identifier, number, literal or one punctuation character
   * @param line from 1
   */
  record Token(String text, int line) {
    boolean isName() {
      return Character.isLetter(text.charAt(0)) || text.charAt(0) == '_';
    }
  }

  private static final Pattern COMMENT_OR_LITERAL =
      Pattern.compile(
          "/\\*.*?\\*/|//[^\\n]*|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*'|/\\*",
          Pattern.DOTALL);
  private static final Pattern TOKEN =
      Pattern.compile("[A-Za-z_]\\w*|\\.?\\d[\\w.]*|\"[^\"]*\"|'[^']*'|\\S");
  private static final Pattern DIRECTIVE = Pattern.compile("\\s*#\\s*(\\w*)\\s*(.*)");
  private static final Pattern NOT_C =
      Pattern.compile("0|__cplusplus|defined\\s*\\(?\\s*__cplusplus\\s*\\)?");

  private AbiText() {}

  static List<Token> tokens(Path file, String text) {
    List<Token> tokens = new ArrayList<>();
    Deque<Boolean> conditions = new ArrayDeque<>();
    String[] lines = join(withoutComments(file, text)).split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      Matcher directive = DIRECTIVE.matcher(lines[i]);
      if (directive.matches()) {
        condition(conditions, directive.group(1), directive.group(2).trim());
      } else if (!conditions.contains(false)) {
        Matcher token = TOKEN.matcher(lines[i]);
        while (token.find()) {
          tokens.add(new Token(token.group(), i + 1));
        }
      }
    }
    return tokens;
  }

  /** Replaces comments by blanks, but keeps their line ends, so that lines keep their numbers. */
  private static String withoutComments(Path file, String text) {
    String unix = text.replace("\r\n", "\n");
    StringBuilder out = new StringBuilder();
    Matcher matcher = COMMENT_OR_LITERAL.matcher(unix);
    int from = 0;
    while (matcher.find()) {
      out.append(unix, from, matcher.start());
      from = matcher.end();
      String found = matcher.group();
      if (found.equals("/*")) {
        int line = (int) unix.substring(0, matcher.start()).chars().filter(c -> c == '\n').count();
        throw ContractMessages.header(file, line + 1, "a comment without end");
      }
      out.append(found.startsWith("/") ? " " + found.replaceAll("[^\\n]", "") : found);
    }
    return out.append(unix, from, unix.length()).toString();
  }

  /** Joins continued lines, and adds empty lines so that lines keep their numbers. */
  private static String join(String text) {
    StringBuilder out = new StringBuilder();
    int owed = 0;
    for (String line : text.split("\n", -1)) {
      if (line.endsWith("\\")) {
        out.append(line, 0, line.length() - 1).append(' ');
        owed++;
      } else {
        out.append(line).append("\n".repeat(owed + 1));
        owed = 0;
      }
    }
    return out.toString();
  }

  /** Excludes C++ and "#if 0" parts only: every other branch may be compiled. */
  private static void condition(Deque<Boolean> conditions, String directive, String argument) {
    switch (directive) {
      case "if", "ifdef" -> conditions.push(!NOT_C.matcher(argument).matches());
      case "ifndef" -> conditions.push(true);
      case "else", "elif" -> {
        if (!conditions.isEmpty()) {
          conditions.pop();
          conditions.push(true);
        }
      }
      case "endif" -> conditions.poll();
      default -> {}
    }
  }
}
