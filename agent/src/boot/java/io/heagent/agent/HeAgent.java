package io.heagent.agent;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.util.Scanner;

/**
 * The entry points that the manifest names. Whatever fails, the program runs on; an exception out
 * of {@code premain} would end the JVM.
 *
 * <p>To verify this class, a start loads each class that is thrown or caught here, or passed as one
 * of another type. So few are, also where only a command needs it.
 */
public final class HeAgent {

  private static final int OLDEST_JDK = 17;

  /** The exit code of a command that has failed. */
  private static final int BROKEN = 3;

  // The settings have the same words; these are needed before any class is loaded that could fail.
  private static final String[] NO = {"false", "no", "off", "0", "n", "f", "disabled"};

  private static final String SELF = "HeAgent.class";
  private static final String OUTSIDE = "jar:";
  private static final String INSIDE = "!/io/heagent/agent/" + SELF;

  private static final String GUARDED =
      "[he-agent] the program runs with a security manager: connects are not raced, because a"
          + " permission for a name is one for its first address only";

  /** Before the path of a request, in place of arguments. */
  private static final String COMMAND = "he-agent-command=";

  /**
   * What the JVM has given the agent of a command's own JVM; null in any other. The same thread
   * writes and reads it.
   */
  private static Instrumentation own;

  private HeAgent() {}

  /** Called for {@code -javaagent:he-agent.jar=args}. */
  public static void premain(String args, Instrumentation instrumentation) {
    start("premain", args, instrumentation);
  }

  /** Called when the agent is attached to a running JVM, or for {@code Launcher-Agent-Class}. */
  public static void agentmain(String args, Instrumentation instrumentation) {
    if (args != null && args.startsWith(COMMAND)) {
      command(args, instrumentation);
    } else if (isOwnCommandLine()) {
      own = instrumentation;
    } else {
      start("agentmain", args, instrumentation);
    }
  }

  /**
   * Carries out what somebody asks by the command line of a jar. The first line of the request
   * names that jar. The JVM knows only one class of this name; if the jar is of another version,
   * its own class of this name goes on, in a class loader of its own.
   */
  private static void command(String args, Instrumentation instrumentation) {
    String request = args.substring(COMMAND.length());
    try {
      File asking;
      try (Scanner lines = new Scanner(new File(request), "UTF-8")) {
        asking = new File(lines.nextLine());
      }
      if (asking.getCanonicalFile().equals(jar().getCanonicalFile())) {
        ClassLoader loader = new AgentClassLoader(jar(), "command", request, instrumentation);
        Class.forName("io.heagent.agent.start.Entry", true, loader);
      } else {
        URL[] path = {asking.toURI().toURL()};
        ClassLoader parent = ClassLoader.getSystemClassLoader().getParent();
        new URLClassLoader(path, parent)
            .loadClass("io.heagent.agent.HeAgent")
            .getMethod("agentmain", String.class, Instrumentation.class)
            .invoke(null, args, instrumentation);
      }
    } catch (Throwable e) {
      System.err.println("[he-agent] a command has failed: " + oneLine(cause(e).toString()));
    }
  }

  /**
   * Whether this JVM was started by {@code java -jar he-agent.jar}. The manifest has the JVM start
   * the agent there too, but there is no program to race for.
   */
  private static boolean isOwnCommandLine() {
    try {
      File program = new File(System.getProperty("java.class.path", ""));
      return program.isFile() && program.getCanonicalFile().equals(jar().getCanonicalFile());
    } catch (Throwable unknown) {
      return false;
    }
  }

  /** Called for {@code java -jar he-agent.jar}: prints version and settings, or runs a command. */
  public static void main(String[] args) throws Exception {
    int jdk = jdk();
    if (jdk < OLDEST_JDK) {
      System.out.println(tooOld(jdk));
      if (args.length > 0) {
        System.exit(BROKEN);
      }
      return;
    }
    int exit;
    try {
      ClassLoader loader = new AgentClassLoader(jar(), own);
      Class<?> start = Class.forName("io.heagent.agent.start.Start", true, loader);
      exit = (Integer) start.getMethod("command", String[].class).invoke(null, (Object) args);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(cause(e));
    }
    if (exit != 0) {
      System.exit(exit);
    }
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
      if (isGuarded()) {
        System.err.println(GUARDED);
        return;
      }
      ClassLoader loader = new AgentClassLoader(jar(), how, args, instrumentation);
      Class.forName("io.heagent.agent.start.Entry", true, loader);
    } catch (Throwable e) {
      say(e);
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

  /**
   * Prints one line if possible. The failure may be a lack of memory or stack, or a stream of the
   * program.
   */
  private static void say(Throwable failure) {
    try {
      String why = oneLine(cause(failure).toString());
      System.err.println(
          isGuarded()
              ? GUARDED
              : "[he-agent] could not start: "
                  + why
                  + "; the program runs on, connects are not raced");
    } catch (Throwable nothingLeftToDo) {
      return;
    }
  }

  /** Makes one line of a text. The class that escapes all other lines may not be loadable here. */
  private static String oneLine(String text) {
    return text.replaceAll("[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
  }

  /** The actual failure, which reflection and static initialisers wrap. */
  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof InvocationTargetException
            || cause instanceof ExceptionInInitializerError)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /**
   * Whether Java's own security manager is active, which applies a policy (up to JDK 23). It may
   * not even allow the agent to read its settings.
   */
  private static boolean isGuarded() {
    SecurityManager manager = System.getSecurityManager();
    return manager != null && manager.getClass() == SecurityManager.class;
  }

  private static File jar() throws Exception {
    String url = jarUrl();
    if (!url.startsWith("file:")) {
      throw new IllegalStateException("the agent is not in a jar file of its own but in " + url);
    }
    return new File(new URI(url));
  }

  /**
   * The URL of the agent's jar, from the code source of this class: to look for a resource would
   * have all parents of its loader look for it. A security manager may forbid that; then from the
   * resource, jar:FILE!/io/heagent/agent/HeAgent.class. The texts before and after FILE are known,
   * so nothing is searched for: the name of a folder may end in an exclamation mark too.
   */
  private static String jarUrl() {
    try {
      CodeSource source = HeAgent.class.getProtectionDomain().getCodeSource();
      if (source != null && source.getLocation() != null) {
        return source.getLocation().toString();
      }
    } catch (SecurityException guarded) {
      return resourceUrl();
    }
    return resourceUrl();
  }

  private static String resourceUrl() {
    String self = String.valueOf(HeAgent.class.getResource(SELF));
    return self.startsWith(OUTSIDE) && self.endsWith(INSIDE)
        ? self.substring(OUTSIDE.length(), self.length() - INSIDE.length())
        : self;
  }

  static int jdk() {
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
