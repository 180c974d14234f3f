package io.heagent.examples.demo;

import io.heagent.testkit.jvm.ForkedJvm;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one run of a client came to: its own line, or that it had to be stopped. */
public record Sight(boolean ok, Optional<String> address, double seconds, String text) {
  private static final Pattern OK = Pattern.compile("ok ([0-9.]+) (\\S+) (.*)");
  private static final Pattern FAILED = Pattern.compile("failed ([0-9.]+) (.*)");

  public static Sight of(ForkedJvm.Outcome outcome) {
    if (outcome.timedOut()) {
      String text = String.format(Locale.ROOT, "hangs, stopped after %.0f s", outcome.seconds());
      return failure(outcome.seconds(), text);
    }
    String line = outcome.stdout().strip();
    Matcher ok = OK.matcher(line);
    if (ok.matches() && outcome.exitCode() == 0) {
      return new Sight(
          true, Optional.of(ok.group(2)), Double.parseDouble(ok.group(1)), ok.group(3));
    }
    Matcher failed = FAILED.matcher(line);
    if (failed.matches()) {
      return failure(Double.parseDouble(failed.group(1)), withoutPackage(failed.group(2)));
    }
    String noise = (line + " " + outcome.stderr().strip()).strip();
    return failure(outcome.seconds(), "exit code " + outcome.exitCode() + ": " + noise);
  }

  private static Sight failure(double seconds, String text) {
    return new Sight(false, Optional.empty(), seconds, text);
  }

  private static String withoutPackage(String failure) {
    return failure.replaceFirst("^([a-z0-9_]+\\.)+", "");
  }
}
