package io.heagent.agent.control;

import io.heagent.agent.connect.Steering;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers commands for the agent that is in this JVM. Any thread.
 *
 * <p>Lock: the monitor of this class lets one command run at a time, for as long as it takes. The
 * monitor of {@link Steering} and those that it takes are taken inside; no connect takes this one.
 */
public final class RunningAgent {

  private RunningAgent() {}

  /**
   * What is known of the agent from its start on.
   *
   * @param version its version
   * @param how how it came: premain or agentmain
   * @param since when it came, in milliseconds since 1970
   */
  public record Facts(String version, String how, long since) {

    private String text() {
      String time =
          DateTimeFormatter.ISO_INSTANT
              .withZone(ZoneOffset.UTC)
              .format(Instant.ofEpochMilli(since).truncatedTo(ChronoUnit.SECONDS));
      return "he-agent " + version + ", since " + time + " (" + how + ")";
    }
  }

  /**
   * Answers a command.
   *
   * @param lines the command, and a line for each of its arguments
   * @param classes what is undone when the agent leaves
   * @return the lines of an {@link Answer}
   */
  public static synchronized String answer(String lines, Facts facts, Leaving classes) {
    List<String> all = List.of(lines.split("\n", -1));
    return answer(all.get(0), all.subList(1, all.size()), facts, classes).lines();
  }

  private static Answer answer(
      String command, List<String> arguments, Facts facts, Leaving classes) {
    return switch (command) {
      case Request.VERSION -> Answer.done(facts.text());
      case Request.STATUS -> Answer.done(status(facts));
      case Request.SET -> set(arguments);
      case Request.DETACH -> detach(classes);
      default -> Answer.refused("he-agent " + facts.version + " has no command " + command);
    };
  }

  private static String status(Facts facts) {
    List<String> lines = new ArrayList<>();
    lines.add(facts.text());
    Steering steering = Steering.ofJvm();
    if (steering == null) {
      lines.add("nothing is raced");
      return String.join("\n", lines);
    }
    if (steering.isLeaving()) {
      lines.add(Steering.LEAVING + ": nothing is raced from now on");
    }
    lines.addAll(Counters.lines(steering.statistics()));
    lines.add("settings in force:");
    for (String line : InForce.lines(steering.layers())) {
      lines.add("  " + line);
    }
    return String.join("\n", lines);
  }

  private static Answer set(List<String> arguments) {
    Steering steering = Steering.ofJvm();
    if (steering == null) {
      return Answer.refused("nothing is raced in this JVM");
    }
    try {
      List<String> lines = new ArrayList<>(steering.set("set", arguments));
      lines.add("set " + String.join(",", arguments) + "; it holds for connects from now on");
      return Answer.done(String.join("\n", lines));
    } catch (IllegalArgumentException notAllowed) {
      return Answer.wrong(notAllowed.getMessage() + "; nothing has changed");
    } catch (IllegalStateException leaving) {
      return Answer.refused(leaving.getMessage());
    }
  }

  private static Answer detach(Leaving classes) {
    Steering steering = Steering.ofJvm();
    if (steering == null) {
      return Answer.refused("nothing is raced in this JVM");
    }
    try {
      return new Detachment(steering, classes).leave();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Answer.failed("interrupted");
    }
  }
}
