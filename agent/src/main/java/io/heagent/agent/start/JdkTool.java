package io.heagent.agent.start;

/**
 * Recognises a JVM that runs one of the JDK's own tools, which {@code JAVA_TOOL_OPTIONS} reaches
 * too. The agent does not start there: a tool like {@code keytool} makes no connects, and would
 * only start later.
 */
final class JdkTool {

  private static final String[] MAIN_CLASSES = {
    "com.sun.tools.",
    "jdk.internal.jshell.",
    "jdk.javadoc.",
    "jdk.jfr.internal.tool.",
    "jdk.jpackage.",
    "jdk.nio.zipfs.",
    "jdk.tools.",
    "sun.jvm.hotspot.",
    "sun.rmi.registry.",
    "sun.security.tools.",
    "sun.tools."
  };

  private JdkTool() {}

  static boolean isThisJvm() {
    String module = System.getProperty("jdk.module.main", "");
    String command = System.getProperty("sun.java.command", "");
    return is(module, command);
  }

  /**
   * Whether these values are those of a tool.
   *
   * @param module the property jdk.module.main, which is set for the tools' launchers and for
   *     programs that are modules themselves
   * @param command the property sun.java.command: the main class, with its module before a slash
   */
  static boolean is(String module, String command) {
    // Only the slash after the module's name counts: java -jar lib/sun.tools.x.jar is a program.
    String prefix = module + "/";
    String main =
        !module.isEmpty() && command.startsWith(prefix)
            ? command.substring(prefix.length())
            : command;
    // The module jdk.compiler also launches programs from source files (JEP 330), which are no
    // tools.
    if (module.startsWith("jdk.") && !main.startsWith("com.sun.tools.javac.launcher.")) {
      return !module.equals("jdk.httpserver");
    }
    for (String tools : MAIN_CLASSES) {
      if (main.startsWith(tools) && !main.startsWith("com.sun.tools.javac.launcher.")) {
        return !isJar(main);
      }
    }
    return false;
  }

  private static boolean isJar(String main) {
    int space = main.indexOf(' ');
    return main.startsWith(".jar", (space < 0 ? main.length() : space) - ".jar".length());
  }
}
