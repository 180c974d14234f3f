package io.heagent.bench.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the project shows of its figures, all of it made of {@code docs/bench/figures.csv}: the
 * README's table, the goals, the plots, and a page with both. Argument: the project's directory, in
 * which the files are written.
 */
public final class Documents {
  private Documents() {}

  public static void main(String[] args) throws IOException {
    for (Map.Entry<Path, String> file : of(Path.of(args[0])).entrySet()) {
      Files.writeString(file.getKey(), file.getValue());
    }
  }

  /** Each file, and what is to be in it. */
  static Map<Path, String> of(Path project) throws IOException {
    Path directory = project.resolve("docs").resolve("bench");
    List<Measured> everything = FigureFile.read(directory.resolve("figures.csv"));
    Map<Path, String> files = new TreeMap<>();
    Path readme = project.resolve("README.md");
    files.put(readme, CostTable.put(Files.readString(readme), CostTable.of(everything)));
    Path goals = project.resolve("docs/startup-profile.md");
    files.put(goals, CostTable.put(Files.readString(goals), GoalTable.of(everything)));
    List<String> page = new ArrayList<>();
    page.add("# What it costs, measured\n");
    page.add(
        "`scripts/bench all` makes this page, its plots and the table in the README out of"
            + " [figures.csv](figures.csv).\nEach figure has the series that it names measured in"
            + " turn in one run; a ratio is one of medians.\n[The profile of a start](../../docs/startup-profile.md)"
            + " shows where the rest goes of a figure that misses its goal.\n");
    for (Figure figure : Figure.values()) {
      Group group = Group.of(figure, everything);
      if (!group.isEmpty()) {
        String plot = figure.command() + ".svg";
        files.put(directory.resolve(plot), Plot.of(group));
        page.add("## " + figure.title() + "\n\n![" + figure.title() + "](" + plot + ")\n");
        page.add(CostTable.of(group.all()));
        page.add(group.caption() + ".\n");
      }
    }
    files.put(directory.resolve("README.md"), String.join("\n", page));
    return files;
  }
}
