package io.heagent.agent.patch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the format that {@link Bytes} reads. */
final class ByteSink {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  void number(int number) {
    int left = number;
    while (left > 0x7f) {
      out.write((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    out.write(left);
  }

  void word(int word) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(word >>> shift);
    }
  }

  void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    number(bytes.length);
    bytes(bytes, 0, bytes.length);
  }

  void block(byte[] block) {
    number(block.length);
    bytes(block, 0, block.length);
  }

  void bytes(byte[] bytes, int offset, int length) {
    out.write(bytes, offset, length);
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }
}
