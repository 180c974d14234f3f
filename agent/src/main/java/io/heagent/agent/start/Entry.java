package io.heagent.agent.start;

import java.lang.instrument.Instrumentation;
import java.util.function.Supplier;

/**
 * Starts the agent as it is initialised: whoever loads this class calls nothing by reflection,
 * whose first use costs a start some milliseconds. Its class loader hands over what the JVM has
 * given the agent: premain or agentmain, the arguments, the instrumentation.
 */
final class Entry {

  static {
    Object[] given = (Object[]) ((Supplier<?>) Entry.class.getClassLoader()).get();
    start((String) given[0], (String) given[1], (Instrumentation) given[2]);
  }

  private Entry() {}

  private static void start(String how, String arguments, Instrumentation instrumentation) {
    try {
      Start.start(how, arguments, instrumentation);
    } catch (Exception e) {
      // What has failed really is the cause, as of any initialiser.
      throw new ExceptionInInitializerError(e);
    }
  }
}
