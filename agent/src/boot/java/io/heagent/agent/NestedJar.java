package io.heagent.agent;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A jar inside the agent's jar, read into memory. In this form Byte Buddy's three thousand classes
 * cost nothing until one of them is needed, and then need no file on disk. Any thread.
 */
final class NestedJar {

  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int STORED = 0;

  private final byte[] jar;

  /** The position of each entry in the jar's directory. */
  private final Map<String, Integer> places = new HashMap<>();

  /** Opens a jar, given by its bytes. Null, or bytes that are no jar, make an empty one. */
  NestedJar(byte[] jar) {
    this.jar = jar;
    try {
      read();
    } catch (RuntimeException damaged) {
      places.clear();
    }
  }

  private void read() {
    int end = jar == null ? -1 : jar.length - END_LENGTH;
    while (end >= 0 && word(end) != END_SIGNATURE) {
      end--;
    }
    if (end < 0) {
      return;
    }
    int at = word(end + 16);
    for (int left = half(end + 10); left > 0; left--) {
      int length = half(at + 28);
      places.put(new String(jar, at + 46, length, StandardCharsets.UTF_8), at);
      at += 46 + length + half(at + 30) + half(at + 32);
    }
  }

  /** The bytes of an entry, or null if there is none of that name. */
  byte[] bytes(String name) {
    Integer place = places.get(name);
    if (place == null) {
      return null;
    }
    int packed = word(place + 20);
    int local = word(place + 42);
    int begin = local + 30 + half(local + 26) + half(local + 28);
    byte[] bytes = new byte[word(place + 24)];
    if (half(place + 10) == STORED) {
      System.arraycopy(jar, begin, bytes, 0, bytes.length);
      return bytes;
    }
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(jar, begin, packed);
      return inflater.inflate(bytes) == bytes.length ? bytes : null;
    } catch (DataFormatException damaged) {
      return null;
    } finally {
      inflater.end();
    }
  }

  private int half(int at) {
    return (jar[at] & 0xff) | (jar[at + 1] & 0xff) << 8;
  }

  private int word(int at) {
    return half(at) | half(at + 2) << 16;
  }
}
