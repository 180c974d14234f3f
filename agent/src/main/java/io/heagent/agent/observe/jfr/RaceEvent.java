package io.heagent.agent.observe.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** One connect that was raced, from its beginning to its end. Written by the race that it is of. */
@Name("heagent.Race")
@Label("Race")
@Category({"he-agent", "Connects"})
@Description("A connect whose name has several addresses")
@StackTrace(false)
@Threshold("0 ns")
final class RaceEvent extends Event {

  @Label("Race")
  @Description("Number of the race, by which its attempts name it")
  long race;

  @Label("Host")
  String host;

  @Label("Port")
  int port;

  @Label("Socket")
  @Description("By which API the program connects: socket, channel, adaptor or async")
  String socket;

  @Label("Outcome")
  @Description("won, failed or cancelled")
  String outcome;

  @Label("Winner")
  @Description("The address that was connected")
  String winner;

  @Label("Attempts")
  int attempts;

  @Label("Reordered")
  @Description("History knew the requested address as dead, and another one went first")
  boolean reordered;

  @Label("Stood Down")
  @Description("The other addresses were left to the program, which seemed to race by itself")
  boolean stoodDown;
}
