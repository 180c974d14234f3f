package io.heagent.agent.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The classes and methods of this project that the documents name exist. In the section of
 * docs/architecture.md that follows a connect, each name in backquotes that looks like a class of
 * ours must be one.
 */
class WayOfAConnectTest {
  private static final Path PROJECT = Path.of("..");
  private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+)(?:\\.[a-z]\\w*)?`");
  private static final Pattern MEMBER = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w*)`");

  /** Classes of the JDK that the section names. */
  private static final Set<String> OF_THE_JDK = Set.of("NioSocketImpl", "Net");

  private final Map<String, String> sources = new HashMap<>();

  WayOfAConnectTest() throws IOException {
    for (String root :
        List.of(
            "engine/src/main/java",
            "agent/src/main/java",
            "agent/src/boot/java",
            "agent/src/bridge/java",
            "engine/src/test/java",
            "agent/src/test/java")) {
      for (Path file : Rooms.javaFiles(PROJECT.resolve(root))) {
        String name = file.getFileName().toString().replace(".java", "");
        sources.merge(name, Files.readString(file), String::concat);
      }
    }
  }

  @Test
  void eachClassOnTheWayExists() throws IOException {
    String document = Files.readString(PROJECT.resolve("docs/architecture.md"));
    int begin = document.indexOf("## The way of a connect");
    String section = document.substring(begin, document.indexOf("\n## ", begin + 1));
    Set<String> unknown = new TreeSet<>();
    int known = 0;
    for (Matcher named = CLASS.matcher(section); named.find(); ) {
      if (sources.containsKey(named.group(1))) {
        known++;
      } else if (!OF_THE_JDK.contains(named.group(1))) {
        unknown.add(named.group());
      }
    }
    assertEquals(Set.of(), unknown);
    assertTrue(known > 20, known + " classes");
  }

  @Test
  void eachMemberThatADocumentNamesExists() throws IOException {
    Set<String> unknown = new TreeSet<>();
    for (String document :
        List.of(
            "CONTRIBUTING.md",
            "docs/architecture.md",
            "docs/how-it-works.md",
            "docs/mutation.md",
            "docs/rfc8305.md")) {
      String text = Files.readString(PROJECT.resolve(document));
      for (Matcher named = MEMBER.matcher(text); named.find(); ) {
        String source = sources.get(named.group(1));
        if (source != null && !source.matches("(?s).*\\b" + named.group(2) + "\\b.*")) {
          unknown.add(document + ": " + named.group());
        }
      }
    }
    assertEquals(Set.of(), unknown);
  }
}
