package io.heagent.bench;

import io.heagent.bench.figures.Figure;
import io.heagent.bench.figures.FigureFile;
import io.heagent.bench.figures.Measured;
import io.heagent.testkit.jvm.JdkHomes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a benchmark has measured on this JDK. {@code scripts/bench all} names a CSV file for it, and
 * the commit; without them it is printed only.
 */
public final class Results {
  private final Figure figure;
  private final int rounds;
  private final List<Measured> measured = new ArrayList<>();

  public Results(Figure figure, int rounds) {
    this.figure = figure;
    this.rounds = rounds;
  }

  /**
   * Adds the samples of one measurement.
   *
   * @param row the operation that was measured
   * @param series the program or the settings that it was measured with
   */
  public void add(String row, String series, Samples samples) throws IOException {
    measured.add(
        new Measured(
            figure,
            row,
            series,
            JdkHomes.current().version(),
            samples.median(),
            samples.min(),
            samples.max(),
            rounds,
            System.getProperty("bench.commit", "unknown"),
            machine()));
  }

  public void save() throws IOException {
    String file = System.getProperty("bench.csv");
    if (file != null) {
      FigureFile.replace(Path.of(file), measured);
    }
  }

  private static String machine() throws IOException {
    String processor =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip().replace(",", ""))
            .findFirst()
            .orElse(System.getProperty("os.arch"));
    long bytes =
        ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getTotalMemorySize();
    return String.format(
        Locale.ROOT,
        "%d x %s %.0f GB %s %s",
        Runtime.getRuntime().availableProcessors(),
        processor,
        bytes / 1e9,
        System.getProperty("os.name"),
        System.getProperty("os.version").replaceFirst("^(\\d+\\.\\d+).*", "$1"));
  }
}
