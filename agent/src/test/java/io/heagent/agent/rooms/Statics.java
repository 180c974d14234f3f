package io.heagent.agent.rooms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The static fields of a project, and those among them through which something changes. */
final class Statics {
  private static final String TYPE = "([\\w.]+)(?:<[^;={}()]*>)?((?:\\[\\])*)";

  /** Types of the JDK that are there to be changed. */
  private static final String CHANGING =
      "ThreadLocal|Atomic\\w+(?<!Updater)|\\w+Adder|\\w+Accumulator|BitSet|StringBuilder"
          + "|StringBuffer|\\w+Buffer|Random|\\w*Lock|Semaphore";

  private static final String COLLECTION =
      "new \\w*(?:Map|Set|List|Queue|Deque)\\b|\\w+\\.newKeySet";

  /** A static field that can be written. */
  private static final Pattern NOT_FINAL =
      Pattern.compile(
          "\\bstatic (?!final |class |interface |enum |record |abstract )(?:volatile )?"
              + "[\\w<>\\[\\], .?]+ (\\w+)(?:;| =)");

  private static final Pattern FINAL =
      Pattern.compile("\\bstatic final " + TYPE + " (\\w+)(?:;| = ([^;]*))");

  private static final Pattern ANY = Pattern.compile("\\bstatic [^;(]*?(\\w+)(?:;| =)");

  /** A field of an object: with a modifier, or at the place of a top-level class's members. */
  private static final Pattern FIELD =
      Pattern.compile(
          "(?m)^(?: +(?=(?:private|protected|public|volatile|transient|final) )|  )"
              + "(?!return |throw |package |import )"
              + "((?:(?:private|protected|public|volatile|transient|final) )*)"
              + TYPE
              + "\\s(\\w+)(?:;|\\s+=\\s+([^;]*))");

  private static final Pattern ELEMENT =
      Pattern.compile("\\b(?:(\\w+)\\.)?([A-Z_]+)\\[[^\\]]*\\] ?(?:[-+|&^*]?=(?!=)|\\+\\+|--)");

  private static final Pattern NO_CODE =
      Pattern.compile("/\\*.*?\\*/|//[^\n]*|(?<=\")(?:[^\"\\\\\n]|\\\\.)*(?=\")", Pattern.DOTALL);

  private final Map<String, String> sources = new TreeMap<>();

  /**
   * @param roots the directories with the sources
   */
  Statics(List<Path> roots) throws IOException {
    for (Path root : roots) {
      for (Path file : Rooms.javaFiles(root)) {
        String name = file.getFileName().toString().replace(".java", "");
        sources.merge(name, NO_CODE.matcher(Files.readString(file)).replaceAll(""), String::concat);
      }
    }
  }

  /** Each static field, as {@code Type.field}. */
  Set<String> all() {
    Set<String> all = new TreeSet<>();
    sources.forEach(
        (type, text) -> found(ANY, text).forEach(f -> all.add(type + "." + f.group(1))));
    return all;
  }

  /**
   * Those that can be written; those whose type, of the JDK or of this project, is there to be
   * changed; and arrays of which an element is written somewhere.
   */
  Set<String> changing() {
    Set<String> mutable = mutableTypes();
    Set<String> written = writtenArrays();
    Set<String> changing = new TreeSet<>();
    sources.forEach(
        (type, text) -> {
          found(NOT_FINAL, text).forEach(f -> changing.add(type + "." + f.group(1)));
          for (MatchResult field : found(FINAL, text).toList()) {
            String name = type + "." + field.group(3);
            boolean changes =
                field.group(2).isEmpty()
                    ? isChanging(field.group(1), field.group(4)) || mutable.contains(field.group(1))
                    : written.contains(name);
            if (changes) {
              changing.add(name);
            }
          }
        });
    return changing;
  }

  /** Types of this project one of whose objects' fields can be written or holds what changes. */
  private Set<String> mutableTypes() {
    Set<String> mutable = new TreeSet<>();
    sources.forEach(
        (type, text) -> {
          for (Matcher field = FIELD.matcher(text); field.find(); ) {
            if (!field.group(1).contains("final ")
                || (field.group(3).isEmpty() && isChanging(field.group(2), field.group(5)))) {
              mutable.add(type);
            }
          }
        });
    return mutable;
  }

  private static boolean isChanging(String type, String value) {
    return type.matches(CHANGING)
        || (value != null && Pattern.compile("^(?:" + COLLECTION + ")").matcher(value).find());
  }

  private Set<String> writtenArrays() {
    Set<String> written = new TreeSet<>();
    sources.forEach(
        (type, text) ->
            found(ELEMENT, text)
                .forEach(
                    f -> written.add((f.group(1) == null ? type : f.group(1)) + "." + f.group(2))));
    return written;
  }

  private static Stream<MatchResult> found(Pattern pattern, String text) {
    List<MatchResult> results = new ArrayList<>();
    pattern.matcher(text.replaceAll("\\s+", " ")).results().forEach(results::add);
    return results.stream();
  }
}
