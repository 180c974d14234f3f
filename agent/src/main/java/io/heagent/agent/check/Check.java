package io.heagent.agent.check;

import io.heagent.agent.check.render.JsonReport;
import io.heagent.agent.check.render.SummaryTable;
import io.heagent.agent.check.render.SvgTimeline;
import io.heagent.agent.check.render.TextTimeline;
import io.heagent.agent.check.result.CheckedRace;
import io.heagent.agent.check.result.Target;
import io.heagent.agent.check.result.TargetReport;
import io.heagent.agent.config.SettingsReader;
import io.heagent.agent.config.rule.RaceRule;
import io.heagent.engine.report.OneLine;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;

/** The command {@code check}. */
public final class Check {

  private static final int REACHED = 0;
  private static final int NOT_REACHED = 1;
  private static final int WRONG_ARGUMENTS = 2;
  private static final int BROKEN = 3;

  private final PrintStream out;
  private final PrintStream err;
  private final Terminal terminal;
  final Progress progress;

  Check(PrintStream out, PrintStream err, Terminal terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.progress = new Progress(err, terminal.progress(), terminal.width());
  }

  /**
   * Runs the command on the streams of this process.
   *
   * @param arguments the arguments after {@code check}
   * @return the exit code
   */
  public static int run(List<String> arguments) {
    // The JDK must cache nothing, so that each round shows a look-up of its own.
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    Terminal terminal = Terminal.ofThisProcess();
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, terminal.charset());
    Check check = new Check(out, System.err, terminal);
    try {
      return check.check(arguments);
    } finally {
      check.progress.clear();
    }
  }

  int check(List<String> arguments) {
    CheckOptions options;
    try {
      options = CheckOptions.parse(arguments);
    } catch (IllegalArgumentException wrong) {
      complain(wrong.getMessage() + "; see java -jar he-agent.jar check --help");
      return WRONG_ARGUMENTS;
    }
    if (options.help()) {
      say(CheckHelp.TEXT);
      return REACHED;
    }
    SettingsReader.Result read =
        new SettingsReader(System.getProperties(), System.getenv()).read(options.settings());
    read.warnings().forEach(this::complain);
    CheckRules rules = new CheckRules(options, read.settings());
    List<TargetReport> reports = race(options, rules);
    if (options.json()) {
      say(JsonReport.of(reports));
    }
    boolean drawn = options.svg() == null || draw(options.svg(), reports);
    boolean reached = reports.stream().allMatch(TargetReport::isReached);
    return drawn ? reached ? REACHED : NOT_REACHED : BROKEN;
  }

  /**
   * Races one target after the other. If the output is text, prints each target as soon as it is
   * done.
   */
  private List<TargetReport> race(CheckOptions options, CheckRules rules) {
    RaceProbe races = new RaceProbe(options, rules.isFast());
    races.warmUp();
    List<TargetReport> reports = new ArrayList<>();
    for (Target target : options.targets()) {
      TargetReport report = report(target, options, rules, races);
      progress.clear();
      if (!options.json()) {
        say((reports.isEmpty() ? "" : "\n") + text(report));
      }
      reports.add(report);
    }
    return reports;
  }

  private TargetReport report(
      Target target, CheckOptions options, CheckRules rules, RaceProbe races) {
    PlainProbe plain = new PlainProbe(PlainProbe::dial, System::nanoTime, options.timeoutNanos());
    RaceRule rule = rules.rule(target);
    List<CheckedRace> rounds = new ArrayList<>();
    for (int round = 1; round <= options.repeat(); round++) {
      String of = options.repeat() == 1 ? "" : ", round " + round + " of " + options.repeat();
      String doing = target + of + ": ";
      CheckedRace race = races.run(target, rule, now -> progress.show(doing + now));
      progress.show(doing + "what a plain connect does");
      rounds.add(race.with(plain.of(target, race)));
    }
    return new TargetReport(
        target, rules.conditions(rule), rules.notRaced(target, rounds.get(0)), rounds);
  }

  private String text(TargetReport report) {
    String timeline =
        new TextTimeline(terminal.style()).of(report.target(), report.notRaced(), report.worst());
    return report.rounds().size() == 1
        ? timeline
        : timeline + "\n\n" + SummaryTable.of(report.rounds());
  }

  private boolean draw(String file, List<TargetReport> reports) {
    try {
      Files.writeString(Path.of(file), SvgTimeline.of(reports));
      return true;
    } catch (IOException | InvalidPathException e) {
      complain("--svg=" + file + ": cannot be written (" + e + ")");
      return false;
    }
  }

  private void say(String text) {
    out.print(text + "\n");
    out.flush();
  }

  void complain(String text) {
    progress.clear();
    err.println("[he-agent] check: " + OneLine.of(text));
  }
}
