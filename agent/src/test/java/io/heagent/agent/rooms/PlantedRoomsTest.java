package io.heagent.agent.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@link Rooms} finds what it is there to find: each violation is planted in a tree of two rooms.
 */
class PlantedRoomsTest {
  private static final String LOW = "engine/src/main/java/io/heagent/engine/low/";
  private static final String HIGH = "engine/src/main/java/io/heagent/engine/high/";

  /** A name that no file has. This test itself may not cite one in full. */
  private static final String GONE = "gone";

  @TempDir Path project;

  @BeforeEach
  void sound() throws IOException {
    plant(
        "docs/architecture.md",
        "| room | may import | more than 12 files because | what it is for |",
        "| --- | --- | --- | --- |",
        "| `engine.low` | | | pure: the lower one |",
        "| `engine.high` | `engine.low` | | the upper one |");
    plant(LOW + "Low.java", "package io.heagent.engine.low;", "public final class Low {}");
    plant(
        HIGH + "High.java",
        "package io.heagent.engine.high;",
        "import io.heagent.engine.low.Low;",
        "final class High { static long now = System.nanoTime(); }");
  }

  private void plant(String file, String... lines) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, List.of(lines));
  }

  private void plantLow(String line) throws IOException {
    plant(LOW + "Planted.java", "package io.heagent.engine.low;", line, "final class Planted {}");
  }

  private Rooms rooms() throws IOException {
    return new Rooms(project);
  }

  @Test
  void aSoundTreeHasNoViolation() throws IOException {
    plant("engine/src/main/java/module-info.java", "module engine { exports low; }");
    assertEquals(List.of(), rooms().notInTheTable());
    assertEquals(List.of(), rooms().importsNotAllowed());
    assertEquals(List.of(), rooms().allowedInVain());
    assertEquals(List.of(), rooms().tooLarge());
    assertEquals(List.of(), rooms().circles());
    assertEquals(List.of(), rooms().starImports());
    assertEquals(List.of(), rooms().impure());
  }

  @Test
  void aRoomWithoutARowAndARowWithoutARoom() throws IOException {
    plant("agent/src/main/java/io/heagent/agent/New.java", "package io.heagent.agent;");
    Files.delete(project.resolve(HIGH + "High.java"));
    assertEquals(List.of("no row: agent", "no room: engine.high"), rooms().notInTheTable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import io.heagent.engine.high.High;",
        "import static io.heagent.engine.high.High.now;",
        "import io.heagent.engine.high.High.Nested;",
        "class Other extends io.heagent.engine.high.High {}",
        "class Other { long now = io.heagent.engine.high.High.now; }"
      })
  void anImportThatIsNotInTheRow(String line) throws IOException {
    plantLow(line);
    assertEquals(
        List.of("engine.low/Planted.java imports [engine.high]"), rooms().importsNotAllowed());
    assertEquals(List.of("engine.high needs itself", "engine.low needs itself"), rooms().circles());
  }

  /** It stands in two rows, and is found all the same. */
  @Test
  void aCircleThatTheTableAllows() throws IOException {
    plant(
        "docs/architecture.md",
        "| `engine.low` | `engine.high` | | the lower one |",
        "| `engine.high` | `engine.low` | | the upper one |");
    plantLow("import io.heagent.engine.high.High;");
    assertEquals(List.of(), rooms().importsNotAllowed());
    assertEquals(List.of("engine.high needs itself", "engine.low needs itself"), rooms().circles());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/** As {@link io.heagent.engine.high.High} does. */",
        "// as io.heagent.engine.high.High does",
        "class Other { String name = \"io.heagent.engine.high.High\"; }",
        "class Other { java.util.List<String> names; }"
      })
  void whatOnlyNamesAClass(String line) throws IOException {
    plantLow(line);
    assertEquals(List.of(), rooms().importsNotAllowed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "engine/src/main/java/io/heagent/engine/low",
        "agent/src/test/java/io/heagent/agent",
        "test-apps/netty-clients/src/test/java/io/heagent/it"
      })
  void aDocumentThatDoesNotExist(String folder) throws IOException {
    plant("docs/bench/limits.properties", "");
    plant("scripts/test", "");
    plant(
        folder + "/Planted.java",
        "/** See docs/architecture.md and ../docs/bench/limits.properties; scripts/test runs it."
            + " */",
        "// docs/" + GONE + ".md, " + GONE + ".md, ../../docs/" + GONE + ".svg, scripts/" + GONE,
        "// and \"docs/\" + name, other/docs/name.txt");
    assertEquals(
        Set.of(
            "Planted.java: docs/" + GONE + ".md",
            "Planted.java: " + GONE + ".md",
            "Planted.java: ../../docs/" + GONE + ".svg",
            "Planted.java: scripts/" + GONE),
        CitedDocuments.missing(project));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import net.bytebuddy.ByteBuddy;",
        "class Other { net.bytebuddy.ByteBuddy buddy; }"
      })
  void aLibraryThatIsNotInTheRow(String line) throws IOException {
    plantLow(line);
    assertEquals(
        List.of("engine.low/Planted.java imports [bytebuddy]"), rooms().importsNotAllowed());
  }

  @Test
  void aRowThatAllowsTooMuch() throws IOException {
    Files.delete(project.resolve(HIGH + "High.java"));
    plant(HIGH + "Other.java", "package io.heagent.engine.high;");
    assertEquals(List.of("engine.high does not import [engine.low]"), rooms().allowedInVain());
  }

  @Test
  void thirteenFiles() throws IOException {
    for (int i = 1; i <= 11; i++) {
      plant(LOW + "Low" + i + ".java", "package io.heagent.engine.low;");
    }
    assertEquals(List.of(), rooms().tooLarge());
    plant(LOW + "package-info.java", "package io.heagent.engine.low;");
    assertEquals(List.of("engine.low has 13 files"), rooms().tooLarge());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "agent/src/test/java/io/heagent/agent/low",
        "test-apps/agent-it/src/main/java/io/heagent/it/low",
        "test-apps/agent-it/src/test/java/io/heagent/it/low"
      })
  void thirteenFilesOfTests(String room) throws IOException {
    for (int i = 1; i <= 12; i++) {
      plant(room + "/Low" + i + "Test.java", "package low;");
    }
    assertEquals(List.of(), TestRooms.tooLarge(project));
    plant(room + "/package-info.java", "package low;");
    assertEquals(List.of(room + " has 13 files"), TestRooms.tooLarge(project));
  }

  @Test
  void aWholePackage() throws IOException {
    plantLow("import java.util.*;");
    assertEquals(List.of("engine.low/Planted.java: import java.util.*;"), rooms().starImports());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "long now = System.nanoTime();",
        "long now = System.currentTimeMillis();",
        "LongSupplier clock = System::nanoTime;",
        "Instant now = Instant.now();",
        "Thread thread = new Thread(task);",
        "Thread.sleep(1);",
        "Thread thread = DaemonThreads.create(task, name, faults);",
        "Scheduler time = SystemScheduler.shared();",
        "Executor threads = Executors.newCachedThreadPool();",
        "LockSupport.parkNanos(1);",
        "import java.nio.channels.Selector;",
        "import java.nio.file.Files;",
        "import java.net.Socket;",
        "import java.io.FileInputStream;",
        "private static volatile Low instance;",
        "static int count = 0;"
      })
  void aClockOrAThreadInAPureRoom(String line) throws IOException {
    plantLow(line);
    assertEquals(List.of("engine.low/Planted.java: " + line), rooms().impure());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/** As {@link System#nanoTime}, or System.nanoTime() itself. */",
        "private static final int MOST = 12;",
        "static Low of(int number) { return null; }",
        "static final class Nested {}",
        "import java.net.InetAddress;",
        "import java.io.IOException;"
      })
  void whatAPureRoomMayHave(String line) throws IOException {
    plantLow(line);
    assertEquals(List.of(), rooms().impure());
  }
}
