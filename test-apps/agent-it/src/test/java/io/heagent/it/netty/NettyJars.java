package io.heagent.it.netty;

import io.heagent.it.lab.AgentLab;
import io.heagent.testkit.jvm.ForkedJvm;
import java.io.File;
import java.nio.file.Path;
import java.util.List;

/** The Nettys that probes run with, as the build has copied them. */
public enum NettyJars {
  NETTY_41("netty41"),
  NETTY_42("netty42");

  private final Path directory;

  NettyJars(String name) {
    directory = Path.of("target", name).toAbsolutePath();
  }

  /** Whether the native code is this machine's. */
  public static boolean areForThisMachine() {
    return System.getProperty("os.name").equals("Linux")
        && System.getProperty("os.arch").equals("amd64");
  }

  Path directory() {
    return directory;
  }

  /** A JVM with this Netty and the probes, without the agent. */
  ForkedJvm plain(AgentLab lab) {
    return plain(lab, "");
  }

  /** The same with more on its class path. */
  ForkedJvm plain(AgentLab lab, String more) {
    return withoutNetty(lab)
        .classPath(
            String.join(File.pathSeparator, probes(), directory + File.separator + "*", more));
  }

  /** A JVM with the probes only. */
  ForkedJvm withoutNetty(AgentLab lab) {
    return lab.plain().classPath(probes()).flags(quiet());
  }

  private static String probes() {
    return Path.of("target", "test-classes").toAbsolutePath()
        + File.pathSeparator
        + Path.of("target", "classes").toAbsolutePath();
  }

  /** Newer JDKs warn of what Netty does. */
  public static List<String> quiet() {
    return quiet("ALL-UNNAMED");
  }

  /** The same where it does so in modules. */
  static List<String> quiet(String modules) {
    return Runtime.version().feature() < 24
        ? List.of()
        : List.of("--enable-native-access=" + modules, "--sun-misc-unsafe-memory-access=allow");
  }

  public ForkedJvm agent(AgentLab lab, String arguments) {
    return plain(lab).agent(AgentLab.JAR, arguments);
  }
}
