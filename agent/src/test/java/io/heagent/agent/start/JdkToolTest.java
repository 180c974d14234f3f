package io.heagent.agent.start;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Told by jdk.module.main and sun.java.command, as JDK 17 and 25 set them. */
class JdkToolTest {

  @ParameterizedTest
  @CsvSource({
    "java.base, java.base/sun.security.tools.keytool.Main -list",
    "jdk.jartool, jdk.jartool/sun.security.tools.jarsigner.Main x.jar",
    "jdk.jartool, jdk.jartool/sun.tools.jar.Main tf x.jar",
    "jdk.compiler, jdk.compiler/com.sun.tools.javac.Main -version",
    "jdk.javadoc, jdk.javadoc/jdk.javadoc.internal.tool.Main",
    "jdk.jcmd, jdk.jcmd/sun.tools.jcmd.JCmd -l",
    "jdk.jcmd, jdk.jcmd/sun.tools.jps.Jps",
    "jdk.jdeps, jdk.jdeps/com.sun.tools.javap.Main java/lang/Object.class",
    "jdk.jshell, jdk.jshell/jdk.internal.jshell.tool.JShellToolProvider",
    "jdk.jfr, jdk.jfr/jdk.jfr.internal.tool.Main print x.jfr",
    "jdk.jlink, jdk.jlink/jdk.tools.jlink.internal.Main",
    "jdk.jpackage, jdk.jpackage/jdk.jpackage.main.Main",
    "jdk.jconsole, jdk.jconsole/sun.tools.jconsole.JConsole",
    "jdk.hotspot.agent, jdk.hotspot.agent/sun.jvm.hotspot.SALauncher",
    "java.rmi, java.rmi/sun.rmi.registry.RegistryImpl 1099",
    // By class, as build tools start them.
    "'', com.sun.tools.javac.Main Foo.java",
    "'', sun.tools.jar.Main tf x.jar",
    "'', sun.security.tools.keytool.Main"
  })
  void isATool(String module, String command) {
    assertTrue(JdkTool.is(module, command));
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "'', com.example.Main",
    "'', com.example.Main a/com.sun.tools.javac.Main",
    "'', app.jar --url http://x/",
    "'', /opt/app/app.jar",
    "'', sun.tools.of.mine.jar.gz/app.jar",
    "'', lib/sun.tools.x.jar",
    "'', ./com.sun.tools.x.jar --flag",
    "'', sun.tools.x.jar",
    "'', sun.tools.x.jar --flag a.jar",
    "com.example, com.example/com.example.Main",
    "com.example, com.example/com.example.Main jdk.compiler/com.sun.tools.javac.Main",
    // java Program.java, up to JDK 21 and since.
    "jdk.compiler, jdk.compiler/com.sun.tools.javac.launcher.Main Program.java",
    "jdk.compiler, jdk.compiler/com.sun.tools.javac.launcher.SourceLauncher Program.java",
    "'', com.sun.tools.javac.launcher.Main Program.java",
    // java -m jdk.httpserver and jwebserver serve people's files.
    "jdk.httpserver, jdk.httpserver/sun.net.httpserver.simpleserver.Main -p 0",
    // Runs what people type into jshell.
    "'', jdk.jshell.execution.RemoteExecutionControl 41234"
  })
  void isAProgram(String module, String command) {
    assertFalse(JdkTool.is(module, command));
  }

  @Test
  void theseTestsAreAProgram() {
    assertFalse(JdkTool.isThisJvm());
  }
}
