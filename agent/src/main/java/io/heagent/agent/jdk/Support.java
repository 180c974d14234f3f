package io.heagent.agent.jdk;

/**
 * What this JVM allows; the reasons for what it does not have been logged.
 *
 * @param race whether anything can be raced
 * @param dup whether winners can be adopted by dup2; if not: redial
 * @param select whether non-blocking channels can be raced
 * @param options whether it is told which socket options are set
 */
public record Support(boolean race, boolean dup, boolean select, boolean options) {

  static final Support NOTHING = new Support(false, false, false, false);
}
