package io.heagent.it.lab;

import java.io.File;
import net.bytebuddy.agent.ByteBuddyAgent;

/** Has an agent loaded into this very JVM while it runs, if its flags allow that. */
public final class SelfAttach {
  private SelfAttach() {}

  public static void load(String jar, String options) {
    ByteBuddyAgent.attach(new File(jar), Long.toString(ProcessHandle.current().pid()), options);
  }
}
