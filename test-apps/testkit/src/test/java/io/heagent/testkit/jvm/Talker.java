package io.heagent.testkit.jvm;

/** Run in a forked JVM: shows what it was given. */
final class Talker {
  private Talker() {}

  public static void main(String[] args) {
    System.out.print(System.getProperty("given") + " " + String.join(",", args));
    System.err.print(System.getenv("GIVEN") + " " + System.getenv("HEAGENT_LOG"));
    System.exit(7);
  }
}
