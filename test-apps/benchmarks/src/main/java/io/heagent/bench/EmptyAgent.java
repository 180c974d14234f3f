package io.heagent.bench;

/** An agent that does nothing: what any agent costs, ours included. */
public final class EmptyAgent {
  private EmptyAgent() {}

  public static void premain(String arguments) {}
}
