package io.heagent.agent.observe.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** One attempt of a race at one address. Written by the race that it is of. */
@Name("heagent.Attempt")
@Label("Attempt")
@Category({"he-agent", "Connects"})
@Description("An attempt of a race at one address")
@StackTrace(false)
@Threshold("0 ns")
final class AttemptEvent extends Event {

  @Label("Race")
  @Description("Number of the race")
  long race;

  @Label("Attempt")
  @Description("1 for the address that was dialled first")
  int attempt;

  @Label("Host")
  String host;

  @Label("Port")
  int port;

  @Label("Address")
  String address;

  @Label("Outcome")
  @Description("won, failed, lost, dropped, timed_out, cancelled or late")
  String outcome;

  @Label("Cause")
  @Description("Why it has failed")
  String cause;
}
