package io.heagent.agent.rooms;

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

/**
 * The rooms of a project: its packages, and what the table of {@code docs/architecture.md} says of
 * them. Each question is answered by a list of violations, in words.
 */
final class Rooms {
  static final int MOST_FILES = 12;

  private static final List<String> SOURCES =
      List.of(
          "engine/src/main/java",
          "dns/src/main/java",
          "agent/src/main/java",
          "agent/src/boot/java",
          "agent/src/bridge/java");

  private static final Pattern IMPORT =
      Pattern.compile("import (?:static )?((?:[a-z][a-z0-9_]*\\.)+)[A-Z*].*");

  /** A class of another room that code names in full, and so without an import. */
  private static final Pattern IN_FULL =
      Pattern.compile("\\b((?:io|net|com|org|sun|jdk)\\.(?:[a-z][a-z0-9_]*\\.)+)[A-Z]\\w*");

  private static final Pattern NO_CODE =
      Pattern.compile("/\\*.*?\\*/|//[^\n]*|\"(?:[^\"\\\\\n]|\\\\.)*\"", Pattern.DOTALL);

  private static final Pattern STAR = Pattern.compile("import .*\\*;");

  /** What a pure room has no business with: clocks, threads, channels, files, mutable statics. */
  private static final Pattern IMPURE =
      Pattern.compile(
          "\\bSystem(\\.|::)(nanoTime|currentTimeMillis)\\b"
              + "|\\b(Instant|LocalDateTime|Clock)\\.(now|system)"
              + "|\\bnew (Thread|Timer|ThreadPoolExecutor)\\b"
              + "|\\bThread\\.(sleep|startVirtualThread|ofVirtual|ofPlatform)\\b"
              + "|\\b(DaemonThreads|Executors|ForkJoinPool|SystemScheduler)\\."
              + "|\\bLockSupport\\.park"
              + "|^import (static )?java\\.nio\\.(channels|file)\\."
              + "|^import java\\.net\\.(Socket|ServerSocket|DatagramSocket|NetworkInterface);"
              + "|^import java\\.io\\.(File\\w*|RandomAccessFile);"
              + "|\\bstatic (?!final\\b)(volatile |transient )?[\\w<>\\[\\], .?]+ \\w+( = .*)?;");

  private record Row(Set<String> mayImport, boolean large, boolean pure) {}

  private record Source(Path file, String room, Set<String> imports) {
    @Override
    public String toString() {
      return room + "/" + file.getFileName();
    }
  }

  private final Map<String, Row> table = new TreeMap<>();
  private final List<Source> sources = new ArrayList<>();

  /**
   * @param project its directory, with docs and modules
   */
  Rooms(Path project) throws IOException {
    for (String line : Files.readAllLines(project.resolve("docs/architecture.md"))) {
      String[] cells = line.split("\\|", -1);
      if (line.startsWith("| `") && cells.length == 6) {
        table.put(
            quoted(cells[1]).iterator().next(),
            new Row(quoted(cells[2]), !cells[3].isBlank(), cells[4].strip().startsWith("pure: ")));
      }
    }
    for (String root : SOURCES) {
      for (Path file : javaFiles(project.resolve(root))) {
        if (!file.endsWith("module-info.java")) {
          sources.add(source(project.resolve(root), file));
        }
      }
    }
  }

  private static Source source(Path root, Path file) throws IOException {
    Set<String> imports = new TreeSet<>();
    for (String line : Files.readAllLines(file)) {
      Matcher matcher = IMPORT.matcher(line);
      if (matcher.matches()) {
        imports.add(line.contains(".HeNetty;") ? "bridge" : room(matcher.group(1)));
      }
    }
    String code = NO_CODE.matcher(Files.readString(file)).replaceAll("");
    for (String line : code.split("\n", -1)) {
      if (!line.startsWith("import ") && !line.startsWith("package ")) {
        for (Matcher named = IN_FULL.matcher(line); named.find(); ) {
          imports.add(room(named.group(1)));
        }
      }
    }
    // A class that the bridge adds to another package of the JDK's is the bridge's all the same.
    String room =
        root.endsWith("bridge/java")
            ? "bridge"
            : room(root.relativize(file.getParent()).toString().replace('/', '.') + ".");
    imports.removeAll(Set.of(room, ""));
    return new Source(file, room, imports);
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

  /** The sources below a directory; none if it does not exist. */
  static List<Path> javaFiles(Path root) throws IOException {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  /** Rooms without a row, and rows without a room. */
  List<String> notInTheTable() {
    Set<String> rooms = new TreeSet<>();
    sources.forEach(source -> rooms.add(source.room));
    List<String> wrong = new ArrayList<>();
    rooms.stream()
        .filter(room -> !table.containsKey(room))
        .map("no row: "::concat)
        .forEach(wrong::add);
    table.keySet().stream()
        .filter(room -> !rooms.contains(room))
        .map("no room: "::concat)
        .forEach(wrong::add);
    return wrong;
  }

  List<String> importsNotAllowed() {
    List<String> wrong = new ArrayList<>();
    for (Source source : sources) {
      Set<String> beyond = new TreeSet<>(source.imports);
      beyond.removeAll(row(source).mayImport);
      if (!beyond.isEmpty()) {
        wrong.add(source + " imports " + beyond);
      }
    }
    return wrong;
  }

  /** What rows allow although nothing in their rooms makes use of it. */
  List<String> allowedInVain() {
    List<String> wrong = new ArrayList<>();
    table.forEach(
        (room, row) -> {
          Set<String> unused = new TreeSet<>(row.mayImport);
          sources.stream()
              .filter(source -> source.room.equals(room))
              .forEach(source -> unused.removeAll(source.imports));
          if (!unused.isEmpty()) {
            wrong.add(room + " does not import " + unused);
          }
        });
    return wrong;
  }

  List<String> tooLarge() {
    Map<String, Integer> sizes = new TreeMap<>();
    sources.forEach(source -> sizes.merge(source.room, 1, Integer::sum));
    List<String> wrong = new ArrayList<>();
    sizes.forEach(
        (room, size) -> {
          if (size > MOST_FILES && (!table.containsKey(room) || !table.get(room).large)) {
            wrong.add(room + " has " + size + " files");
          }
        });
    return wrong;
  }

  /** Rooms that need themselves by way of others, whatever the table allows. */
  List<String> circles() {
    Map<String, Set<String>> needed = new TreeMap<>();
    for (Source source : sources) {
      needed.computeIfAbsent(source.room, room -> new TreeSet<>()).addAll(source.imports);
    }
    List<String> wrong = new ArrayList<>();
    for (String room : needed.keySet()) {
      Set<String> reached = new HashSet<>();
      List<String> next = new ArrayList<>(needed.get(room));
      while (!next.isEmpty()) {
        String further = next.remove(next.size() - 1);
        if (needed.containsKey(further) && reached.add(further)) {
          next.addAll(needed.get(further));
        }
      }
      if (reached.contains(room)) {
        wrong.add(room + " needs itself");
      }
    }
    return wrong;
  }

  /** Imports of whole packages, of which nobody can see what they bring in. */
  List<String> starImports() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Source source : sources) {
      for (String line : Files.readAllLines(source.file)) {
        if (STAR.matcher(line).matches()) {
          wrong.add(source + ": " + line);
        }
      }
    }
    return wrong;
  }

  /** Clocks, threads, channels, files and mutable statics in rooms that the table calls pure. */
  List<String> impure() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Source source : sources) {
      if (row(source).pure) {
        for (String line : Files.readAllLines(source.file)) {
          String code = line.strip();
          boolean comment = code.startsWith("*") || code.startsWith("/*") || code.startsWith("//");
          if (!comment && IMPURE.matcher(code).find()) {
            wrong.add(source + ": " + code);
          }
        }
      }
    }
    return wrong;
  }

  private Row row(Source source) {
    return table.getOrDefault(source.room, new Row(Set.of(), false, false));
  }
}
