package io.heagent.bench.startup;

import io.heagent.bench.connect.TimeProfile;
import io.heagent.testkit.jvm.JdkHomes;
import java.nio.file.Path;

/**
 * Arguments: the agent's jar, and how many times each is run. Shows what a start waits for, where
 * the bytes of a connect and of a start and the time of a connect go, and what of the JVM's memory
 * is the agent's, for docs/startup-profile.md.
 */
public final class ProfileBench {

  private ProfileBench() {}

  public static void main(String[] args) throws Exception {
    Path agent = Path.of(args[0]);
    System.out.println(JdkHomes.current());
    PhaseProfile.print(agent, Integer.parseInt(args[1]));
    AllocationProfile.print(agent);
    TimeProfile.print(agent);
    ObjectsProfile.print(agent);
    MemoryProfile.print(agent, Integer.parseInt(args[1]));
  }
}
