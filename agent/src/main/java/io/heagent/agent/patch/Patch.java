package io.heagent.agent.patch;

import java.util.Arrays;

/**
 * One class with all its hooks, stored as the differences from the class file without them: in
 * turn, bytes to insert and a piece of the original to copy. The result is checked, so that a
 * damaged patch gives null and not a wrong class. Immutable; any thread.
 */
public final class Patch {

  /**
   * Four times the largest class file of the JDK; a greater length means that the patch is damaged.
   */
  private static final int LONGEST = 1 << 20;

  private final ClassKey original;
  private final int length;
  private final int crc;
  private final byte[] runs;

  /**
   * A patch as it is stored in a file.
   *
   * @param original identifies the class file that the patch fits
   * @param length the length of the result in bytes
   * @param crc the CRC-32 of the result
   * @param runs for each run: how many bytes are inserted, these bytes, how many are copied, and if
   *     there are any, from which position; numbers as in {@link Bytes#number}
   */
  Patch(ClassKey original, int length, int crc, byte[] runs) {
    this.original = original;
    this.length = length;
    this.crc = crc;
    this.runs = runs;
  }

  /** Identifies the class file that the patch fits. */
  public ClassKey original() {
    return original;
  }

  int length() {
    return length;
  }

  int crc() {
    return crc;
  }

  byte[] runs() {
    return runs;
  }

  /**
   * Makes the class file with the hooks.
   *
   * @return null if the patch does not fit that class file, or is damaged
   */
  public byte[] apply(byte[] classFile) {
    if (!original.matches(classFile)) {
      return null;
    }
    try {
      byte[] made = run(classFile);
      return ClassKey.crc(made) == crc ? made : null;
    } catch (IndexOutOfBoundsException damaged) {
      return null;
    }
  }

  private byte[] run(byte[] classFile) {
    if (length > LONGEST) {
      throw new IndexOutOfBoundsException("longer than any class file");
    }
    byte[] made = new byte[length];
    Bytes in = new Bytes(runs);
    int at = 0;
    while (at < length) {
      int insert = in.number();
      in.copy(insert, made, at);
      at += insert;
      int copy = in.number();
      if (copy > 0) {
        System.arraycopy(classFile, in.number(), made, at, copy);
        at += copy;
      } else if (insert == 0) {
        throw new IndexOutOfBoundsException("a run that gives nothing");
      }
    }
    return made;
  }

  /** Whether the other patch is the same. */
  boolean isSame(Patch other) {
    return original.equals(other.original)
        && length == other.length
        && crc == other.crc
        && Arrays.equals(runs, other.runs);
  }
}
