package io.heagent.it.jdk;

/** An agent that sets a system property, given as {@code name=value}, before others start. */
public final class PropertyAgent {
  private PropertyAgent() {}

  public static void premain(String argument) {
    int equals = argument.indexOf('=');
    System.setProperty(argument.substring(0, equals), argument.substring(equals + 1));
  }
}
