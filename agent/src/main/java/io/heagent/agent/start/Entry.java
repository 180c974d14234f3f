package io.heagent.agent.start;

import java.lang.instrument.Instrumentation;
import java.util.function.Supplier;

/**
 * Starts the agent in its static initialiser. So the code that loads this class need not call
 * anything by reflection, whose first use costs a start some milliseconds. The class loader of this
 * class passes on what the JVM has given the agent: premain or agentmain, the arguments, and the
 * instrumentation.
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
      // The JVM makes it the cause of an error, as with any initialiser. To make that error here
      // would load its class at each start.
      Entry.<RuntimeException>raise(e);
    }
  }

  @SuppressWarnings("unchecked") // An initialiser may declare no exception, but throw any.
  private static <E extends Exception> void raise(Exception failed) throws E {
    throw (E) failed;
  }
}
