package io.heagent.agent.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Statics} finds each kind of static that changes, and takes no constant for one. */
class PlantedStaticsTest {

  @TempDir Path sources;

  private Set<String> changing(String... members) throws IOException {
    plant("Counter", "  private int count;");
    plant("Box", "  Object content;");
    plant("Book", "  private final Map<String, String> pages = new HashMap<>();");
    plant("Value", "  private final int number;", "  int twice() {", "    int n = 2;", "  }");
    plant("Planted", members);
    return new Statics(List.of(sources)).changing();
  }

  private void plant(String type, String... members) throws IOException {
    Files.writeString(
        sources.resolve(type + ".java"),
        "final class " + type + " {\n" + String.join("\n", members) + "\n}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  static int planted;",
        "  private static volatile Value planted = null;",
        "  static final AtomicLong planted = new AtomicLong();",
        "  static final LongAdder planted = new LongAdder();",
        "  static final ThreadLocal<Value> planted =\n      new ThreadLocal<>();",
        "  static final Map<String, Value> planted = new HashMap<>();",
        "  static final Set<Value> planted = ConcurrentHashMap.newKeySet();",
        "  static final ByteBuffer planted = ByteBuffer.allocate(8);",
        "  static final Counter planted = new Counter();",
        "  private static final Box planted = new Box();",
        "  static final Book planted = Book.empty();"
      })
  void aStaticThatChanges(String member) throws IOException {
    assertEquals(Set.of("Planted.planted"), changing(member));
  }

  @Test
  void anArrayThatIsWritten() throws IOException {
    String array = "  private static final int[] PLANTED = new int[8];";
    assertEquals(Set.of("Planted.PLANTED"), changing(array, "  void f() { PLANTED[2] = 1; }"));
    assertEquals(Set.of("Planted.PLANTED"), changing(array, "  void f() { PLANTED[i + 1]++; }"));
    plant("Other", "  void f() { Planted.PLANTED[0] |= 4; }");
    assertEquals(Set.of("Planted.PLANTED"), changing(array));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  static final Value CONSTANT = new Value(2);",
        "  private static final String[] NAMES = {};\n  boolean f() { return NAMES[0] == null; }",
        "  static final List<String> NAMES = List.of();",
        "  static final AtomicLongFieldUpdater<Value> NUMBER = updater();",
        "  // static int planted;",
        "  static final String TEXT = \"static int planted;\";",
        "  static Counter of(int count) { return null; }",
        "  static final class Nested {}"
      })
  void whatIsNoStateOfAJvm(String member) throws IOException {
    assertEquals(Set.of(), changing(member));
  }
}
