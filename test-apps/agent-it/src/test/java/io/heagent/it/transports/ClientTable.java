package io.heagent.it.transports;

import io.heagent.it.lab.Scenario;
import io.heagent.it.transports.ClientRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of docs/clients.md: what each call came to, without the agent and with it. */
final class ClientTable {
  private static final Path DOCUMENT = Path.of("../../docs/clients.md");
  private static final Pattern TIME = Pattern.compile(" \\d+\\.\\d s\\b");
  private static final Pattern FAILURE =
      Pattern.compile("ConnectTimeoutException|AnnotatedConnectException|DEADLINE_EXCEEDED");

  private final List<Scenario> columns;
  private final List<String> lines = new ArrayList<>();

  ClientTable(List<Scenario> columns) {
    this.columns = columns;
    StringBuilder heads = new StringBuilder("| client | |");
    StringBuilder rule = new StringBuilder("| --- | --- |");
    for (Scenario column : columns) {
      heads.append(" ").append(head(column)).append(" |");
      rule.append(" --- |");
    }
    lines.add(heads.toString());
    lines.add(rule.toString());
  }

  private static String head(Scenario scenario) {
    return switch (scenario) {
      case GOOD_FIRST -> "[good, refused]";
      case DEAD_FIRST -> "[dead, good]";
      case REFUSED_FIRST -> "[refused, good]";
      case DEAD_REFUSED_GOOD -> "[dead, refused, good]";
      case ALL_DEAD -> "[dead, dead]";
      default -> throw new IllegalArgumentException(scenario.name());
    };
  }

  void add(String client, boolean tls, Map<Call, Outcome> without, Map<Call, Outcome> with) {
    StringBuilder row =
        new StringBuilder("| ").append(client).append(tls ? " | TLS |" : " | plain |");
    for (Scenario column : columns) {
      Call call = new Call(column, tls);
      row.append(" ")
          .append(said(column, without.get(call)))
          .append(" → ")
          .append(said(column, with.get(call)))
          .append(" |");
    }
    lines.add(row.toString());
  }

  /** The first call of a JVM mostly loads classes: its time tells nothing. */
  private static String said(Scenario scenario, Outcome outcome) {
    String time =
        scenario == Scenario.GOOD_FIRST
            ? ""
            : String.format(Locale.ROOT, " %.1f s", outcome.millis() / 1_000.0);
    if (outcome.ok()) {
      return "reached" + time;
    }
    Matcher failure = FAILURE.matcher(outcome.text());
    return (failure.find() ? failure.group() : outcome.text()) + time;
  }

  /** What is the same in each run and on each machine: all but how long the calls took. */
  List<String> withoutTimes() {
    return withoutTimes(lines);
  }

  /** The same of the table in the document, which has the same head. */
  List<String> documented() throws IOException {
    List<String> all = Files.readAllLines(DOCUMENT);
    int first = all.indexOf(lines.get(0));
    if (first < 0) {
      throw new AssertionError(DOCUMENT + " has no table with the head " + lines.get(0));
    }
    return withoutTimes(
        all.subList(first, all.size()).stream().takeWhile(line -> line.startsWith("|")).toList());
  }

  private static List<String> withoutTimes(List<String> rows) {
    return rows.stream().map(row -> TIME.matcher(row).replaceAll("")).toList();
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
