package io.heagent.agent.patch;

import java.util.zip.Adler32;
import java.util.zip.CRC32;

/**
 * Identifies the exact bytes of a class file by two checksums of different kinds, CRC-32 and
 * Adler-32, and the length. It is no digest, because a digest costs a start some fifty
 * milliseconds; nor CRC-32C, whose tables the JDK makes in each start that uses it. The checksums
 * tell builds of the JDK apart; they are no defence against somebody who forges a class file.
 *
 * @param name the class, with slashes
 * @param length the length of the class file in bytes
 * @param crc its CRC-32
 * @param adler its Adler-32
 */
public record ClassKey(String name, int length, int crc, int adler) {

  /** The key of a class file. */
  public static ClassKey of(String name, byte[] classFile) {
    return new ClassKey(name, classFile.length, crc(classFile), adler(classFile));
  }

  /** Whether these bytes are those of the class file; false for null. */
  public boolean matches(byte[] classFile) {
    return classFile != null
        && classFile.length == length
        && crc(classFile) == crc
        && adler(classFile) == adler;
  }

  static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, bytes.length);
    return (int) crc.getValue();
  }

  private static int adler(byte[] bytes) {
    Adler32 sum = new Adler32();
    sum.update(bytes, 0, bytes.length);
    return (int) sum.getValue();
  }
}
