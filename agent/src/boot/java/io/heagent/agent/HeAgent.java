package io.heagent.agent;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.net.URL;

/**
 * The entry points named in the manifest. Whatever goes wrong, the program runs on: an exception
 * that left {@code premain} would kill the JVM.
 */
public final class HeAgent {

  private static final int OLDEST_JDK = 17;

  // The settings have the same words; here, before anything is loaded that could be broken.
  private static final String[] NO = {"false", "no", "off", "0", "n", "f", "disabled"};

  private HeAgent() {}

  /** {@code -javaagent:he-agent.jar=args}. */
  public static void premain(String args, Instrumentation instrumentation) {
    start("premain", args, instrumentation);
  }

  /** Attach to a running JVM, or {@code Launcher-Agent-Class}. */
  public static void agentmain(String args, Instrumentation instrumentation) {
    start("agentmain", args, instrumentation);
  }

  /** {@code java -jar he-agent.jar}: prints version, usage and the settings. */
  public static void main(String[] args) throws Exception {
    int jdk = jdk();
    if (jdk < OLDEST_JDK) {
      System.out.println(tooOld(jdk));
      return;
    }
    call("usage", new Class<?>[0]);
  }

  private static void start(String how, String args, Instrumentation instrumentation) {
    try {
      if (isNo(System.getProperty("heagent.enabled")) || isNo(System.getenv("HEAGENT_ENABLED"))) {
        return;
      }
      int jdk = jdk();
      if (jdk < OLDEST_JDK) {
        System.err.println(tooOld(jdk));
        return;
      }
      call(
          "start",
          new Class<?>[] {String.class, String.class, Instrumentation.class},
          how,
          args,
          instrumentation);
    } catch (Throwable e) {
      System.err.println(
          "[he-agent] could not start: " + e + "; the program runs on, connects are not raced");
    }
  }

  static boolean isNo(String value) {
    String word = value == null ? "" : value.trim();
    for (String no : NO) {
      if (no.equalsIgnoreCase(word)) {
        return true;
      }
    }
    return false;
  }

  private static void call(String method, Class<?>[] types, Object... values) throws Exception {
    ClassLoader loader = new AgentClassLoader(jar());
    Class<?> start = Class.forName("io.heagent.agent.start.Start", true, loader);
    start.getMethod(method, types).invoke(null, values);
  }

  private static File jar() throws Exception {
    // By the class's own resource, not its protection domain, which a security manager guards.
    URL self = HeAgent.class.getResource("HeAgent.class");
    String path = self.getPath();
    return new File(new URI(path.substring(0, path.indexOf("!/"))));
  }

  private static int jdk() {
    String version = System.getProperty("java.specification.version", "0");
    return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
  }

  private static String tooOld(int jdk) {
    return "[he-agent] Java "
        + jdk
        + " is not supported: Java "
        + OLDEST_JDK
        + " or newer is needed; the program runs on, connects are not raced";
  }
}
