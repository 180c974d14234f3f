package io.heagent.bench;

import io.heagent.bench.figures.Figure;
import io.heagent.bench.measured.ClassLoadLoop;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.JdkHomes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Arguments: the agent's jar, and how many rounds. What the transformer that looks for copies of
 * Netty costs every other class that a program loads: without the agent, with it and {@code
 * native=off}, which registers no transformer, and with it as by default, in turn, each in a JVM of
 * its own.
 */
public final class ClassLoadBench {

  private static final int CLASSES = 10_000;

  private ClassLoadBench() {}

  public static void main(String[] args) throws Exception {
    String agent = "-javaagent:" + Path.of(args[0]) + "=native=";
    int rounds = Integer.parseInt(args[1]);
    Samples without = new Samples();
    Samples off = new Samples();
    Samples with = new Samples();
    for (int i = 0; i < rounds; i++) {
      run(List.of(), without);
      run(List.of(agent + "off"), off);
      run(List.of(agent + "race"), with);
    }
    System.out.printf(
        "%s, %d rounds of %d classes in turn, microseconds of CPU a class%n",
        JdkHomes.current(), rounds, CLASSES);
    System.out.printf("%-24s %22s %8s%n", "", "median (min..max)", "ratio");
    print("without the agent", without, without);
    print("native=off", off, without);
    print("native=race", with, without);
    Results results = new Results(Figure.CLASSLOAD, rounds);
    results.add("an empty class", "without", without);
    results.add("an empty class", "native=off", off);
    results.add("an empty class", "native=race", with);
    results.save();
  }

  private static void print(String label, Samples samples, Samples without) {
    System.out.printf(
        "%-24s %22s %8.2f%n", label, samples.range(), samples.median() / without.median());
  }

  private static void run(List<String> flags, Samples into)
      throws IOException, InterruptedException {
    ForkedJvm.Outcome outcome =
        ForkedJvm.onThisJdk().flags(flags).run(ClassLoadLoop.class, Integer.toString(CLASSES));
    try {
      into.add(Double.parseDouble(outcome.stdout().strip()));
    } catch (NumberFormatException notANumber) {
      throw new IOException("the loop did not run: " + outcome, notANumber);
    }
  }
}
