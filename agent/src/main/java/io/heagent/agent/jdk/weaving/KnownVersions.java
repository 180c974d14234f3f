package io.heagent.agent.jdk.weaving;

import net.bytebuddy.ClassFileVersion;

/**
 * Class files of a JDK that is newer than Byte Buddy knows, read as if they were of the newest one
 * that it knows. It has a switch for that ({@code net.bytebuddy.experimental}), but one that is set
 * for the whole program, whose own copy of Byte Buddy would see it. A class file that really is of
 * another form cannot be read this way; what the hooks rely on is checked as ever.
 */
public final class KnownVersions {

  /** Where a class file has its major version. */
  private static final int MAJOR = 6;

  private static final int NEWEST = ClassFileVersion.latest().getMajorVersion();

  private KnownVersions() {}

  /** Whether a class file is newer than what is known. */
  public static boolean isPassedBy(byte[] classFile) {
    return classFile != null && major(classFile) > NEWEST;
  }

  /** The class file itself, or a copy of it that says it is of the newest known version. */
  public static byte[] readable(byte[] classFile) {
    if (!isPassedBy(classFile)) {
      return classFile;
    }
    byte[] copy = classFile.clone();
    setMajor(copy, NEWEST);
    return copy;
  }

  /** Gives what was made from a class file the version of that one. */
  static byte[] restored(byte[] made, byte[] from) {
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
