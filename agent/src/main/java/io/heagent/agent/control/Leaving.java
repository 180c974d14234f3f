package io.heagent.agent.control;

import java.util.Map;

/** What the start of the agent has done to the JVM's classes, to be undone when it leaves. */
public interface Leaving {

  /** Whether no connect is under way in classes that are not the JDK's. */
  boolean isQuiet();

  /**
   * Takes the agent's transformer away, and has hooks in classes that are not the JDK's do nothing.
   */
  void stopWeaving();

  /**
   * Gives the classes of the JDK and of Netty back without hooks.
   *
   * @return the names of classes that the JVM does not let go back, each with the reason; their
   *     hooks stay, and do nothing
   */
  Map<String, Throwable> restore();
}
