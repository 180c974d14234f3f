package io.heagent.testkit.jvm;

import java.util.concurrent.TimeUnit;

/** Run in a forked JVM: starts a child that sleeps, prints both process ids, and sleeps too. */
final class Sleeper {
  private Sleeper() {}

  public static void main(String[] args) throws Exception {
    Process child = new ProcessBuilder("sleep", "120").start();
    System.out.print(ProcessHandle.current().pid() + " " + child.pid());
    System.out.flush();
    TimeUnit.SECONDS.sleep(120);
  }
}
