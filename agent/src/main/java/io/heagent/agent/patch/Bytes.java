package io.heagent.agent.patch;

/**
 * Reads an array of bytes from its beginning to its end.
 *
 * <p>A position or length beyond the end, or a negative one, causes an {@link
 * IndexOutOfBoundsException}.
 */
final class Bytes {

  private final byte[] bytes;
  private int at;

  Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads a number that is not negative: seven bits to a byte, the lowest first; the last byte is
   * below 128.
   */
  int number() {
    int number = 0;
    for (int shift = 0; shift < 32; shift += 7) {
      int next = bytes[at++];
      number |= (next & 0x7f) << shift;
      if (next >= 0) {
        return positive(number);
      }
    }
    throw new IndexOutOfBoundsException("a number without an end");
  }

  private static int positive(int number) {
    if (number < 0) {
      throw new IndexOutOfBoundsException("a number below 0");
    }
    return number;
  }

  /** Reads four bytes, the highest first. */
  int word() {
    at += 4;
    return bytes[at - 4] << 24
        | (bytes[at - 3] & 0xff) << 16
        | (bytes[at - 2] & 0xff) << 8
        | (bytes[at - 1] & 0xff);
  }

  /**
   * Reads a text of ISO 8859-1, which has its length before it. Not by the constant of that
   * charset, for which a start would load eight charsets.
   */
  @SuppressWarnings("deprecation")
  String text() {
    int length = number();
    check(length);
    at += length;
    return new String(bytes, 0, at - length, length);
  }

  /** Reads a block of bytes, which has its length before it. */
  byte[] block() {
    int length = number();
    check(length);
    byte[] block = new byte[length];
    copy(length, block, 0);
    return block;
  }

  /** Copies so many bytes into another array. */
  void copy(int length, byte[] to, int position) {
    System.arraycopy(bytes, at, to, position, length);
    at += length;
  }

  /** Checks a length, so that no array is allocated that is larger than the input. */
  private void check(int length) {
    if (length > bytes.length - at) {
      throw new IndexOutOfBoundsException("more than there is");
    }
  }

  boolean isAtEnd() {
    return at == bytes.length;
  }
}
