package io.heagent.agent.jdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.jdk.weaving.JdkClassFiles;
import io.heagent.agent.jdk.weaving.KnownVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("jvm")
class WeaverTest {
  /** What woven code calls. */
  private static final Set<String> BRIDGE = Set.of("sun/nio/ch/HeHook", "sun/nio/ch/HeSelect");

  @TempDir Path folder;

  /** No more and no fewer methods reach the bridge than there are hooks. */
  @Test
  void everyHookIsInItsMethodAndNowhereElse() {
    Woven woven = new Woven();
    woven.hooks.forEach(
        (owner, hooks) -> {
          Set<String> wanted = new TreeSet<>();
          hooks.forEach(hook -> wanted.add(hook.member()));
          assertEquals(wanted, methodsThatReachTheBridge(woven.classes.get(owner)), owner);
        });
    assertTrue(woven.hooks.size() >= 7, woven.hooks.keySet()::toString);
  }

  private static Set<String> methodsThatReachTheBridge(byte[] classFile) {
    Set<String> found = new TreeSet<>();
    new ClassReader(KnownVersions.readable(classFile))
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String types, String signature, String[] exceptions) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitMethodInsn(
                      int opcode, String owner, String called, String of, boolean ofInterface) {
                    if (BRIDGE.contains(owner)) {
                      found.add(name + types);
                    }
                  }
                };
              }
            },
            0);
    return found;
  }

  /** A redefinition must not add, remove or change members: the JVM would refuse it. */
  @Test
  void membersStayAsTheyAre() {
    new Woven()
        .classes.forEach(
            (owner, bytes) ->
                assertEquals(members(JdkClassFiles.read(owner)), members(bytes), owner));
  }

  private static List<String> members(byte[] classFile) {
    List<String> members = new ArrayList<>();
    new ClassReader(KnownVersions.readable(classFile)).accept(new MemberLister(members), 0);
    return members;
  }

  @Test
  void weavingTwiceGivesTheSameBytes() {
    Woven first = new Woven();
    Woven second = new Woven();
    assertEquals(first.classes.keySet(), second.classes.keySet());
    first.classes.forEach(
        (owner, bytes) -> assertArrayEquals(bytes, second.classes.get(owner), owner));
  }

  /** {@code -Xverify:all}: frames, stack and locals of every woven method, by the JVM itself. */
  @Test
  void theVerifierAcceptsThemAndTheyConnect() throws Exception {
    Woven woven = new Woven();
    woven.write(folder);
    assertEquals(
        woven.classes.size() + " classes, connected in every way\n",
        run(folder, List.copyOf(woven.classes.keySet())));
  }

  private static String run(Path patches, List<String> classes)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xverify:all");
    try (var modules = Files.list(patches)) {
      modules.forEach(
          module -> command.add("--patch-module=" + module.getFileName() + "=" + module));
    }
    command.add("--add-exports=java.base/sun.nio.ch=java.net.http");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(WovenProbe.class.getName());
    command.addAll(classes);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
