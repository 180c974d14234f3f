package io.heagent.bench.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the project shows of its figures is what was measured. */
class DocumentsTest {
  private static final Path PROJECT = Path.of("../..");

  @TempDir Path directory;

  /** The README's table, the plots and their page: {@code scripts/bench write} makes them. */
  @Test
  void everyDocumentIsMadeOfTheFigures() throws IOException {
    for (Map.Entry<Path, String> file : Documents.of(PROJECT).entrySet()) {
      assertTrue(Files.exists(file.getKey()), () -> "run scripts/bench write: no " + file.getKey());
      assertEquals(
          file.getValue(),
          Files.readString(file.getKey()),
          () -> "run scripts/bench write: " + file.getKey());
    }
  }

  @Test
  void aRowThatIsNotInTheTableIsFound() throws IOException {
    Path csv = Files.createDirectories(directory.resolve("docs/bench")).resolve("figures.csv");
    FigureFile.replace(csv, List.of(measured("hello", "empty agent", "17.0.19", 50)));
    Path readme = directory.resolve("README.md");
    Path goals = directory.resolve("docs/startup-profile.md");
    for (Path page : List.of(readme, goals)) {
      Files.writeString(page, "a\n" + CostTable.BEGIN + "\n" + CostTable.END + "\nb\n");
    }
    Documents.main(new String[] {directory.toString()});
    String before = Files.readString(readme);
    assertEquals(before, Documents.of(directory).get(readme));
    FigureFile.replace(csv, List.of(measured("one socket", "empty agent", "25.0.3", 50)));
    String after = Documents.of(directory).get(readme);
    assertTrue(after.contains("| one socket |") && !before.contains("| one socket |"), after);
    assertTrue(after.startsWith("a\n") && after.endsWith("\nb\n"), after);
  }

  @Test
  void aPageWithoutAPlaceForTheTable() {
    assertThrows(IllegalArgumentException.class, () -> CostTable.put("no marks", "table"));
  }

  /** And only those of the same JDK. */
  @Test
  void whatIsMeasuredAgainTakesItsOldPlace() throws IOException {
    Path csv = directory.resolve("figures.csv");
    Measured old = measured("hello", "he-agent", "17.0.19", 60);
    Measured other = measured("hello", "he-agent", "25.0.3", 70);
    Measured fresh = measured("hello", "he-agent", "17.0.21", 55);
    FigureFile.replace(csv, List.of(old));
    FigureFile.replace(csv, List.of(other));
    FigureFile.replace(csv, List.of(fresh));
    assertEquals(List.of(fresh, other), FigureFile.read(csv));
  }

  @Test
  void verdicts() {
    Group ratio =
        new Group(
            Figure.STARTUP,
            List.of(
                measured("hello", "empty agent", "17", 50),
                measured("hello", "he-agent", "17", 56)));
    assertEquals("**1.12** (56 against 50 ms)", ratio.verdict("hello", 17));
    assertEquals("", ratio.verdict("hello", 25));
    assertEquals("", ratio.verdict("one socket", 17));
    Measured with = new Measured(Figure.ALLOC, "a", "with", "17", 1416, 1, 2, 3, "c", "m");
    Measured without = new Measured(Figure.ALLOC, "a", "without", "17", 1000, 1, 2, 3, "c", "m");
    assertEquals(
        "**+416** (1,416 against 1,000 bytes)",
        new Group(Figure.ALLOC, List.of(without, with)).verdict("a", 17));
    Measured alone = new Measured(Figure.ALONE, "a", "without", "17", 40.8, 1, 2, 3, "c", "m");
    Measured ours = new Measured(Figure.ALONE, "a", "with", "17", 41, 1, 2, 3, "c", "m");
    assertEquals(
        "**1.005** (41 against 40.8 µs)",
        new Group(Figure.ALONE, List.of(alone, ours)).verdict("a", 17));
  }

  @Test
  void goals() {
    Measured empty = measured("no socket", "empty agent", "17", 50);
    Measured missed = measured("no socket", "he-agent", "17", 56.4);
    Measured quick = measured("no socket", "empty agent", "25", 50);
    Measured met = measured("no socket", "he-agent", "25", 56.2);
    String table = GoalTable.of(List.of(empty, missed, quick, met));
    assertTrue(
        table.contains(
            "| `startup` | no socket: wall | 1.12 times | **not met**: 1.13 | 1.12 | see"
                + " [time](#time) |"),
        table);
    assertTrue(table.contains("| 1.20 times | not measured | not measured |  |"), table);
  }

  /** What a row of the table of goals refers to is there. */
  @Test
  void goalsHaveTheirSections() throws IOException {
    String page = Files.readString(PROJECT.resolve("docs/startup-profile.md"));
    for (Goal goal : Goal.ALL) {
      String section = goal.where().replace('-', ' ');
      assertTrue(
          page.lines().anyMatch(line -> line.equalsIgnoreCase("## " + section)),
          () -> "no section " + section);
    }
  }

  @Test
  void aPlotHasABarForEachSeriesAndIsWellFormed() throws Exception {
    String plot =
        Plot.of(
            new Group(
                Figure.STARTUP,
                List.of(
                    measured("a < b & c", "empty agent", "17", 50),
                    measured("a < b & c", "he-agent", "17", 60))));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(plot.getBytes(StandardCharsets.UTF_8)));
    assertEquals(3, plot.split("class=\"s0\"", -1).length, plot);
    assertEquals(3, plot.split("class=\"s1\"", -1).length, plot);
    assertTrue(plot.contains("prefers-color-scheme: dark"), plot);
  }

  private static Measured measured(String row, String series, String jdk, double value) {
    return new Measured(
        Figure.STARTUP, row, series, jdk, value, value - 1, value + 1, 3, "c0ffee", "machine");
  }
}
