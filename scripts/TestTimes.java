import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prints where the time of a run of all tests has gone: for each module, and in it for each tag of
 * test classes, the number of tests, the seconds that they have taken together, and how many were
 * skipped. Argument: the root of the project. Reads the reports that the run has left; scripts/test runs it, as a source
 * file.
 */
public final class TestTimes {
  private static final List<String> TAGS = List.of("socket", "jvm", "netns", "containers");
  private static final Pattern SUITE =
      Pattern.compile(
          "<testsuite [^>]*?\\bname=\"([^\"]+)\" time=\"([^\"]+)\" tests=\"(\\d+)\"[^>]*?"
              + "\\bskipped=\"(\\d+)\"");

  private TestTimes() {}

  /** How many tests, how many of them were skipped, and how long. */
  private record Sum(int tests, int skipped, double seconds) {
    Sum plus(Sum other) {
      return new Sum(tests + other.tests, skipped + other.skipped, seconds + other.seconds);
    }
  }

  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    Map<String, Sum> sums = new TreeMap<>();
    for (Path report : reports(root)) {
      Matcher suite = SUITE.matcher(Files.readString(report));
      if (suite.find()) {
        Path module = report.getParent().getParent().getParent();
        // From a thousand seconds on, there is a comma in it.
        double seconds = Double.parseDouble(suite.group(2).replace(",", ""));
        sums.merge(
            root.relativize(module) + "\t" + tag(module, suite.group(1)),
            new Sum(
                Integer.parseInt(suite.group(3)), Integer.parseInt(suite.group(4)), seconds),
            Sum::plus);
      }
    }
    sums.forEach(
        (name, sum) -> {
          String[] parts = name.split("\t", -1);
          System.out.printf(
              Locale.ROOT,
              "%-20s %-11s %5d tests %7.1f s%s%n",
              parts[0],
              parts[1],
              sum.tests,
              sum.seconds,
              sum.skipped == 0 ? "" : ", " + sum.skipped + " skipped");
        });
  }

  private static List<Path> reports(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().matches(".*/target/[a-z]+-reports/TEST-[^/]*\\.xml"))
          .sorted()
          .toList();
    }
  }

  /** The tag of a test class in its source, or "unit" where it has none of these. */
  private static String tag(Path module, String type) throws IOException {
    Path source = module.resolve("src/test/java/" + type.replace('.', '/') + ".java");
    if (Files.exists(source)) {
      String text = Files.readString(source);
      for (String tag : TAGS) {
        if (text.contains("\n@Tag(\"" + tag + "\")")) {
          return tag;
        }
      }
    }
    return "unit";
  }
}
