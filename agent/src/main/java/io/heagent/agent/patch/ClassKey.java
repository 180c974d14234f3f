package io.heagent.agent.patch;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Identifies the exact bytes of a class file by two checksums of different polynomials and the
 * length. It is no digest, because a digest costs a start some fifty milliseconds. The checksums
 * tell builds of the JDK apart; they are no defence against somebody who forges a class file.
 *
 * @param name the class, with slashes
 * @param length the length of the class file in bytes
 * @param crc its CRC-32
 * @param crc32c its CRC-32C
 */
public record ClassKey(String name, int length, int crc, int crc32c) {

  /** The key of a class file. */
  public static ClassKey of(String name, byte[] classFile) {
    return new ClassKey(name, classFile.length, crc(classFile), crc32c(classFile));
  }

  /** Whether these bytes are those of the class file; false for null. */
  public boolean matches(byte[] classFile) {
    return classFile != null
        && classFile.length == length
        && crc(classFile) == crc
        && crc32c(classFile) == crc32c;
  }

  static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, bytes.length);
    return (int) crc.getValue();
  }

  private static int crc32c(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return (int) crc.getValue();
  }
}
