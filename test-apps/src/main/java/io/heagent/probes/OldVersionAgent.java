package io.heagent.probes;

/** Loaded before ours, makes this JVM look like an old one; the command line cannot. */
public final class OldVersionAgent {
  private OldVersionAgent() {}

  public static void premain(String version) {
    System.setProperty("java.specification.version", version);
  }
}
