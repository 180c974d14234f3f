package io.heagent.bench.measured;

/** An agent that does nothing: what any agent costs, ours included. */
public final class EmptyAgent {
  private EmptyAgent() {}

  public static void premain(String arguments) {}
}
