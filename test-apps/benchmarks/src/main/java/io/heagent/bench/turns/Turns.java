package io.heagent.bench.turns;

import io.heagent.bench.Results;
import io.heagent.bench.Samples;
import io.heagent.bench.figures.Figure;
import io.heagent.bench.measured.ConnectBatches;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.JdkHomes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Measures rows of connects in turn. In each round each of the JVMs is started anew. When all have
 * compiled the code, they connect in short batches, one after the other; the first of a row's lanes
 * begins with one batch and ends with the next.
 */
public final class Turns {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int WARM_UP_BATCH = 1_000;

  private final List<Supplier<ForkedJvm>> jvms;
  private final List<Row> rows;
  private final Backlog server;
  private final int warmUps;
  private final int batches;
  private final int connects;

  /**
   * What to measure.
   *
   * @param server the one that all connects reach
   * @param warmUps how many batches of {@value #WARM_UP_BATCH} connects each lane makes first
   * @param batches how many batches are measured
   * @param connects how many connects are in each of these
   */
  public Turns(
      List<Supplier<ForkedJvm>> jvms,
      List<Row> rows,
      Backlog server,
      int warmUps,
      int batches,
      int connects) {
    this.jvms = List.copyOf(jvms);
    this.rows = List.copyOf(rows);
    this.server = server;
    this.warmUps = warmUps;
    this.batches = batches;
    this.connects = connects;
  }

  /** Measures so many rounds, prints them, and saves them as this figure. */
  public void run(Figure figure, int rounds) throws IOException, InterruptedException {
    for (int i = 0; i < rounds; i++) {
      round();
    }
    System.out.printf(
        "%s, %d rounds of %d batches of %d connects in turn, microseconds a connect%n",
        JdkHomes.current(), rounds, batches, connects);
    print();
    save(new Results(figure, rounds));
  }

  /** Measures a round, and adds it to the lanes' samples. */
  private void round() throws IOException, InterruptedException {
    List<String> kinds = kinds();
    List<String> arguments = new ArrayList<>(List.of(server.port()));
    arguments.addAll(kinds);
    List<BatchJvm> running = new ArrayList<>();
    try {
      for (Supplier<ForkedJvm> jvm : jvms) {
        running.add(new BatchJvm(jvm.get().limit(LIMIT), ConnectBatches.class, arguments));
      }
      for (int i = 0; i < warmUps; i++) {
        for (Row row : rows) {
          for (Row.Lane lane : row.lanes()) {
            batch(running, kinds, row, lane, WARM_UP_BATCH);
          }
        }
      }
      for (Row row : rows) {
        measure(running, kinds, row);
      }
    } finally {
      for (BatchJvm jvm : running) {
        jvm.close();
      }
    }
  }

  private List<String> kinds() {
    return rows.stream()
        .flatMap(row -> row.lanes().stream().map(lane -> row.way().to(lane.host())))
        .distinct()
        .toList();
  }

  private void measure(List<BatchJvm> running, List<String> kinds, Row row)
      throws IOException, InterruptedException {
    int lanes = row.lanes().size();
    List<Samples> ratios = new ArrayList<>();
    row.lanes().forEach(lane -> ratios.add(new Samples()));
    Samples first = new Samples();
    double[] micros = new double[lanes];
    for (int i = 0; i < batches; i++) {
      for (int k = 0; k < lanes; k++) {
        // Each batch in the opposite order of the one before: none always comes after the same.
        int lane = i % 2 == 0 ? k : lanes - 1 - k;
        micros[lane] = batch(running, kinds, row, row.lanes().get(lane), connects);
      }
      first.add(micros[0]);
      for (int lane = 1; lane < lanes; lane++) {
        ratios.get(lane).add(micros[lane] / micros[0]);
      }
    }
    row.lanes().get(0).median().add(first.median());
    for (int lane = 1; lane < lanes; lane++) {
      row.lanes().get(lane).median().add(ratios.get(lane).median());
    }
  }

  private double batch(
      List<BatchJvm> running, List<String> kinds, Row row, Row.Lane lane, int count)
      throws IOException, InterruptedException {
    int kind = kinds.indexOf(row.way().to(lane.host()));
    double micros = running.get(lane.jvm()).micros(count, kind);
    server.drain();
    return micros;
  }

  private void print() {
    System.out.printf("%-36s %-24s %24s %28s%n", "", "", "µs (min..max)", "ratio (min..max)");
    for (Row row : rows) {
      for (int lane = 0; lane < row.lanes().size(); lane++) {
        Samples ratio = row.lanes().get(lane).median();
        System.out.printf(
            "%-36s %-24s %24s %28s%n",
            lane == 0 ? row.label() : "",
            row.lanes().get(lane).series(),
            row.micros(lane).range(),
            lane == 0
                ? ""
                : "%.3f (%.3f..%.3f)".formatted(ratio.median(), ratio.min(), ratio.max()));
      }
    }
  }

  private void save(Results results) throws IOException {
    for (Row row : rows) {
      for (int lane = 0; lane < row.lanes().size(); lane++) {
        results.add(row.label(), row.lanes().get(lane).series(), row.micros(lane));
      }
    }
    results.save();
  }
}
