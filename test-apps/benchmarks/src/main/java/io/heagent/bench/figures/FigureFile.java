package io.heagent.bench.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The CSV file of all figures. A figure that is measured again on a JDK takes its old place. */
public final class FigureFile {
  private FigureFile() {}

  public static List<Measured> read(Path file) throws IOException {
    List<Measured> all = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      all.add(Measured.parse(line));
    }
    return all;
  }

  /** Puts what was measured of one figure on one JDK in the place of what the file has of it. */
  public static void replace(Path file, List<Measured> fresh) throws IOException {
    List<Measured> all = Files.exists(file) ? read(file) : new ArrayList<>();
    for (Measured one : fresh) {
      all.removeIf(old -> old.figure() == one.figure() && old.feature() == one.feature());
    }
    all.addAll(fresh);
    // Stable: what was measured first of a figure stays first.
    all.sort(Comparator.comparing(Measured::figure).thenComparing(Measured::feature));
    List<String> lines = new ArrayList<>(List.of(Measured.HEADER));
    all.forEach(one -> lines.add(one.line()));
    Files.write(file, lines);
  }
}
