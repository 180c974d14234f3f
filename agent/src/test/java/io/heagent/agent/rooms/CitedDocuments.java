package io.heagent.agent.rooms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a project that its sources name: documents, scripts and what lies beside them. */
final class CitedDocuments {

  private static final Pattern CITED =
      Pattern.compile(
          "[\\w./-]*\\b[\\w-]+\\.md\\b"
              + "|(?<![\\w/.-])(?:\\.\\./)*(?:docs|scripts|\\.ci)/[\\w./-]*\\w");

  private CitedDocuments() {}

  /** Each that does not exist, behind the name of the source that names it. */
  static Set<String> missing(Path project) throws IOException {
    Set<String> missing = new TreeSet<>();
    for (Path module : modules(project)) {
      for (Path file : Rooms.javaFiles(module.resolve("src"))) {
        for (String line : Files.readAllLines(file)) {
          for (Matcher cited = CITED.matcher(line); cited.find(); ) {
            if (!Files.exists(project.resolve(cited.group().replaceFirst("^(\\.\\./)+", "")))) {
              missing.add(file.getFileName() + ": " + cited.group());
            }
          }
        }
      }
    }
    return missing;
  }

  /** The directories of the project's modules that have sources. */
  static List<Path> modules(Path project) throws IOException {
    List<Path> modules = new ArrayList<>();
    for (Path folder : List.of(project, project.resolve("test-apps"))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> all = Files.list(folder)) {
          all.filter(path -> Files.isDirectory(path.resolve("src"))).sorted().forEach(modules::add);
        }
      }
    }
    return modules;
  }
}
