package io.heagent.agent.connect;

/** What is relied on by number or by behaviour, and not by a member of the JDK that is checked. */
final class OwnPlatform {

  /** Option numbers; ports shared by SO_REUSEADDR; a connect taken back by AF_UNSPEC. */
  static final boolean IS_LINUX = System.getProperty("os.name", "").startsWith("Linux");

  private OwnPlatform() {}
}
