package io.heagent.it.agents;

import java.nio.ByteBuffer;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.jar.asm.ClassReader;

/** Reads class files of a JDK that Byte Buddy does not know yet as those of the newest it knows. */
public final class AnyVersion {
  private static final int MAJOR = 6;

  private AnyVersion() {}

  public static ClassReader reader(byte[] classFile) {
    int newest = ClassFileVersion.latest().getMajorVersion();
    ByteBuffer readable = ByteBuffer.wrap(classFile.clone());
    if (readable.getShort(MAJOR) > newest) {
      readable.putShort(MAJOR, (short) newest);
    }
    return new ClassReader(readable.array());
  }
}
