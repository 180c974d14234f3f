package io.heagent.agent.jdk.weaving;

import net.bytebuddy.ClassFileVersion;

/**
 * Has Byte Buddy read class files of a JDK that is newer than Byte Buddy knows. Such a file gets
 * the version number of the newest JDK that Byte Buddy knows, and its own number back after
 * weaving. Byte Buddy has a switch for this, the system property {@code
 * net.bytebuddy.experimental}; but a property applies to the whole program, which may use Byte
 * Buddy itself. If a class file really has another form, reading it fails, and the members that the
 * hooks rely on are checked in any case.
 */
public final class KnownVersions {

  /** The offset of the major version in a class file. */
  private static final int MAJOR = 6;

  private static final int NEWEST = ClassFileVersion.latest().getMajorVersion();

  private KnownVersions() {}

  /** Whether a class file, which may be null, is newer than what Byte Buddy knows. */
  public static boolean isPassedBy(byte[] classFile) {
    return classFile != null && major(classFile) > NEWEST;
  }

  /** The class file itself, or a copy of it with the newest version that Byte Buddy knows. */
  public static byte[] readable(byte[] classFile) {
    if (!isPassedBy(classFile)) {
      return classFile;
    }
    byte[] copy = classFile.clone();
    setMajor(copy, NEWEST);
    return copy;
  }

  /** Gives the class file that was made from another one the version of that other one. */
  public static byte[] restored(byte[] made, byte[] from) {
    if (isPassedBy(from)) {
      setMajor(made, major(from));
    }
    return made;
  }

  private static int major(byte[] classFile) {
    return (classFile[MAJOR] & 0xff) << 8 | (classFile[MAJOR + 1] & 0xff);
  }

  private static void setMajor(byte[] classFile, int major) {
    classFile[MAJOR] = (byte) (major >> 8);
    classFile[MAJOR + 1] = (byte) major;
  }
}
