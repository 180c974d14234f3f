package io.heagent.agent.start;

/**
 * Whether this JVM runs one of the JDK's own tools. {@code JAVA_TOOL_OPTIONS} reaches them too, and
 * nobody waits longer for {@code keytool} than for the connects it does not make.
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
   * The same for given values.
   *
   * @param module the property jdk.module.main: set for the tools' launchers, and for programs that
   *     are modules themselves
   * @param command the property sun.java.command: the main class, with its module before a slash
   */
  static boolean is(String module, String command) {
    int slash = command.indexOf('/');
    int space = command.indexOf(' ');
    String main =
        slash >= 0 && (space < 0 || slash < space) ? command.substring(slash + 1) : command;
    // jdk.compiler also launches programs from source files (JEP 330): those are no tools.
    if (module.startsWith("jdk.") && !main.startsWith("com.sun.tools.javac.launcher.")) {
      return !module.equals("jdk.httpserver");
    }
    for (String prefix : MAIN_CLASSES) {
      if (main.startsWith(prefix) && !main.startsWith("com.sun.tools.javac.launcher.")) {
        return true;
      }
    }
    return false;
  }
}
