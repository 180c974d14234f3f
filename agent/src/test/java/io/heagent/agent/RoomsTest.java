package io.heagent.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rooms are as {@code docs/architecture.md} says: each imports only what its row allows. */
class RoomsTest {
  private static final Path PROJECT = Path.of("..");
  private static final int MOST_FILES = 12;

  private static final List<String> SOURCES =
      List.of(
          "engine/src/main/java",
          "dns/src/main/java",
          "agent/src/main/java",
          "agent/src/boot/java",
          "agent/src/bridge/java");

  private static final Pattern IMPORT =
      Pattern.compile("import (?:static )?((?:[a-z][a-z0-9_]*\\.)+)[A-Z*].*");
  private static final Pattern DOCUMENT = Pattern.compile("[\\w./-]*\\b[\\w-]+\\.md\\b");

  private record Row(Set<String> mayImport, boolean large) {}

  /** A file of a room, and the rooms that it imports. */
  private record Source(Path file, String room, Set<String> imports) {}

  private static final Map<String, Row> TABLE = new TreeMap<>();
  private static final List<Source> FILES = new ArrayList<>();

  @BeforeAll
  static void read() throws IOException {
    for (String line : Files.readAllLines(PROJECT.resolve("docs/architecture.md"))) {
      String[] cells = line.split("\\|", -1);
      if (line.startsWith("| `") && cells.length == 6) {
        TABLE.put(
            quoted(cells[1]).iterator().next(), new Row(quoted(cells[2]), !cells[3].isBlank()));
      }
    }
    for (String root : SOURCES) {
      for (Path file : javaFiles(PROJECT.resolve(root))) {
        Set<String> imports = new TreeSet<>();
        for (String line : Files.readAllLines(file)) {
          Matcher matcher = IMPORT.matcher(line);
          if (matcher.matches()) {
            imports.add(room(matcher.group(1)));
          }
        }
        Path directory = PROJECT.resolve(root).relativize(file.getParent());
        String room = room(directory.toString().replace('/', '.') + ".");
        imports.removeAll(Set.of(room, ""));
        FILES.add(new Source(file, room, imports));
      }
    }
  }

  private static Set<String> quoted(String cell) {
    Set<String> names = new TreeSet<>();
    for (Matcher matcher = Pattern.compile("`([^`]+)`").matcher(cell); matcher.find(); ) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** The room of a package, given with a dot at its end; empty for the JDK's packages. */
  private static String room(String dotted) {
    String name = dotted.substring(0, dotted.length() - 1);
    if (name.startsWith("io.heagent.")) {
      return name.substring("io.heagent.".length());
    } else if (name.equals("sun.nio.ch")) {
      return "bridge";
    } else if (name.startsWith("net.bytebuddy")) {
      return "bytebuddy";
    }
    return name.startsWith("java") || name.startsWith("jdk.") || name.startsWith("sun.")
        ? ""
        : name;
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  @Test
  void everyRoomIsInTheTable() {
    Set<String> rooms = new TreeSet<>();
    FILES.forEach(source -> rooms.add(source.room));
    assertEquals(rooms, TABLE.keySet());
  }

  @Test
  void nothingIsImportedThatIsNotInItsRow() {
    List<String> wrong = new ArrayList<>();
    for (Source source : FILES) {
      Set<String> beyond = new TreeSet<>(source.imports);
      beyond.removeAll(TABLE.get(source.room).mayImport);
      if (!beyond.isEmpty()) {
        wrong.add(source.room + "/" + source.file.getFileName() + " imports " + beyond);
      }
    }
    assertEquals(List.of(), wrong, "not in its row of docs/architecture.md");
  }

  @Test
  void nothingIsAllowedThatNobodyNeeds() {
    Map<String, Set<String>> needed = new TreeMap<>();
    TABLE.keySet().forEach(room -> needed.put(room, new TreeSet<>()));
    FILES.forEach(source -> needed.get(source.room).addAll(source.imports));
    Map<String, Set<String>> allowed = new TreeMap<>();
    TABLE.forEach((room, row) -> allowed.put(room, row.mayImport));
    assertEquals(needed, allowed);
  }

  @Test
  void noRoomIsTooLarge() {
    Map<String, Integer> sizes = new TreeMap<>();
    FILES.forEach(source -> sizes.merge(source.room, 1, Integer::sum));
    sizes.values().removeIf(size -> size <= MOST_FILES);
    sizes.keySet().removeIf(room -> TABLE.get(room).large);
    assertEquals(Map.of(), sizes, "rooms with more than " + MOST_FILES + " files");
  }

  @Test
  void thereIsNoCircle() {
    for (String room : TABLE.keySet()) {
      assertFalse(reached(room).contains(room), room + " needs itself");
    }
  }

  private static Set<String> reached(String from) {
    Set<String> reached = new HashSet<>();
    List<String> next = new ArrayList<>(TABLE.get(from).mayImport);
    while (!next.isEmpty()) {
      String room = next.remove(next.size() - 1);
      if (TABLE.containsKey(room) && reached.add(room)) {
        next.addAll(TABLE.get(room).mayImport);
      }
    }
    return reached;
  }

  @Test
  void documentsThatCommentsNameExist() throws IOException {
    Set<String> missing = new TreeSet<>();
    for (String module :
        List.of(
            "engine",
            "dns",
            "agent",
            "test-apps/testkit",
            "test-apps/examples",
            "test-apps/agent-it",
            "test-apps/benchmarks")) {
      for (Path file : javaFiles(PROJECT.resolve(module).resolve("src"))) {
        for (String line : Files.readAllLines(file)) {
          for (Matcher matcher = DOCUMENT.matcher(line); matcher.find(); ) {
            if (!Files.exists(PROJECT.resolve(matcher.group().replaceFirst("^(\\.\\./)+", "")))) {
              missing.add(file.getFileName() + ": " + matcher.group());
            }
          }
        }
      }
    }
    assertEquals(Set.of(), missing);
  }
}
