package io.heagent.it.startup;

/** An agent that does nothing: what the JVM itself does for any agent. */
public final class NothingAgent {
  private NothingAgent() {}

  public static void premain(String argument) {}
}
