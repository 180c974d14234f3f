package io.heagent.agent.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How a JVM is told from other processes. */
class JvmTest {
  private static final String MAPPED = "7f00-7f01 r-xp 00000000 08:01 42    ";

  @Test
  void aJvmHasHotSpotsLibrary() {
    assertTrue(Jvm.isLibrary(MAPPED + "/usr/lib/jvm/java-17/lib/server/libjvm.so"));
    assertFalse(Jvm.isLibrary(MAPPED + "/usr/lib/libc.so.6"));
    assertFalse(Jvm.isLibrary(MAPPED + "/tmp/libjvm.so.txt"));
  }

  /** The JDK was upgraded under it. */
  @Test
  void alsoIfItsFileIsGone() {
    assertTrue(Jvm.isLibrary(MAPPED + "/usr/lib/jvm/java-17/lib/server/libjvm.so (deleted)"));
  }
}
