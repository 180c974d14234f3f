package io.heagent.agent.jdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.heagent.agent.jdk.weaving.Hook;
import io.heagent.agent.jdk.weaving.HookGroup;
import io.heagent.agent.jdk.weaving.JdkClassFiles;
import io.heagent.agent.jdk.weaving.KnownVersions;
import io.heagent.agent.jdk.weaving.Weaver;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import net.bytebuddy.ClassFileVersion;
import org.junit.jupiter.api.Test;

/**
 * A JDK whose class files have a newer version than Byte Buddy knows, and are otherwise as this
 * one's.
 */
class KnownVersionsTest {

  private static final int UNKNOWN = ClassFileVersion.latest().getMajorVersion() + 1;

  private final JdkClassFiles newer =
      new JdkClassFiles(name -> raised(JdkClassFiles.read(name), UNKNOWN));

  private static byte[] raised(byte[] classFile, int major) {
    if (classFile != null) {
      ByteBuffer.wrap(classFile).putShort(6, (short) major);
    }
    return classFile;
  }

  @Test
  void allIsCheckedAsEver() {
    Requirements requirements = new Requirements(newer);
    for (HookGroup group : HookGroup.values()) {
      assertEquals(List.of(), requirements.missingFor(group));
    }
    assertEquals(List.of(), requirements.missingForAdoption());
  }

  @Test
  void wovenClassesAreTheSameButForTheirVersion() {
    Weaver weaver = new Weaver(newer);
    Woven known = new Woven();
    for (Map.Entry<String, List<Hook>> entry : known.hooks.entrySet()) {
      byte[] woven = weaver.weave(entry.getKey(), entry.getValue());
      assertEquals(UNKNOWN, ByteBuffer.wrap(woven).getShort(6));
      byte[] expected = known.classes.get(entry.getKey()).clone();
      assertArrayEquals(raised(expected, UNKNOWN), woven, entry.getKey());
    }
  }

  @Test
  void aKnownOneIsLeftAsItIs() {
    byte[] classFile =
        raised(JdkClassFiles.read("java.lang.Object"), ClassFileVersion.latest().getMajorVersion());
    assertSame(classFile, KnownVersions.readable(classFile));
  }
}
