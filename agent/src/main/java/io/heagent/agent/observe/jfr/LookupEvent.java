package io.heagent.agent.observe.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** One look-up that the agent has made of a name. Written by the thread that ends it. */
@Name("heagent.Lookup")
@Label("Look-up")
@Category({"he-agent", "Connects"})
@Description("A name that the agent has looked up for a race")
@StackTrace(false)
@Threshold("0 ns")
final class LookupEvent extends Event {

  @Label("Host")
  String host;

  @Label("Addresses")
  String addresses;

  @Label("Failure")
  String failure;
}
