package io.heagent.agent.observe.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One connect that was left to the JDK. */
@Name("heagent.LeftAlone")
@Label("Left Alone")
@Category({"he-agent", "Connects"})
@Description("A connect that was not raced")
@StackTrace(false)
final class LeftAloneEvent extends Event {

  @Label("Host")
  String host;

  @Label("Port")
  int port;

  @Label("Reason")
  @Description("Why, in one word: docs/monitoring.md has them all")
  String reason;
}
