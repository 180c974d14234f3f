package io.heagent.agent.rooms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The packages that have no row in {@code docs/architecture.md}: those of tests, and those of the
 * programs in {@code test-apps}. They may import what they like, but are no larger than others.
 */
final class TestRooms {

  private TestRooms() {}

  /** A package of a module counts once for its main sources and once for its tests. */
  static List<String> tooLarge(Path project) throws IOException {
    Map<Path, Integer> sizes = new TreeMap<>();
    for (Path root : roots(project)) {
      for (Path file : Rooms.javaFiles(root)) {
        sizes.merge(project.relativize(file.getParent()), 1, Integer::sum);
      }
    }
    List<String> wrong = new ArrayList<>();
    sizes.forEach(
        (room, size) -> {
          if (size > Rooms.MOST_FILES) {
            wrong.add(room + " has " + size + " files");
          }
        });
    return wrong;
  }

  private static List<Path> roots(Path project) throws IOException {
    List<Path> roots = new ArrayList<>();
    for (String module : List.of("engine", "dns", "agent")) {
      roots.add(project.resolve(module).resolve("src/test/java"));
    }
    Path apps = project.resolve("test-apps");
    if (Files.exists(apps)) {
      try (Stream<Path> modules = Files.list(apps)) {
        modules
            .flatMap(module -> Stream.of("src/main/java", "src/test/java").map(module::resolve))
            .forEach(roots::add);
      }
    }
    return roots;
  }
}
