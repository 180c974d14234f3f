package io.heagent.agent.patch;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds the pieces of a woven class file that the original contains as well. These are nearly the
 * whole file: the writer of a class file keeps the constant pool and adds to it, and copies the
 * methods that it does not change.
 */
public final class PatchMaker {

  /** To copy fewer bytes than this takes about as much space as to insert them. */
  private static final int SHORTEST = 8;

  private PatchMaker() {}

  /**
   * Makes the patch that turns the original into the woven class file.
   *
   * @param name the class, with slashes
   */
  public static Patch make(String name, byte[] original, byte[] woven) {
    ByteSink runs = new ByteSink();
    Map<Long, Integer> places = places(original);
    int inserted = 0;
    int at = 0;
    int expected = 0;
    while (at < woven.length) {
      int from = expected;
      int length = common(original, from, woven, at);
      if (length < SHORTEST && at + SHORTEST <= woven.length) {
        from = places.getOrDefault(word(woven, at), -1);
        length = from < 0 ? 0 : common(original, from, woven, at);
      }
      if (length < SHORTEST) {
        at++;
        continue;
      }
      add(runs, woven, inserted, at, length, from);
      at += length;
      inserted = at;
      expected = from + length;
    }
    if (inserted < at) {
      add(runs, woven, inserted, at, 0, 0);
    }
    return new Patch(
        ClassKey.of(name, original), woven.length, ClassKey.crc(woven), runs.toByteArray());
  }

  private static void add(ByteSink runs, byte[] woven, int begin, int end, int length, int from) {
    runs.number(end - begin);
    runs.bytes(woven, begin, end - begin);
    runs.number(length);
    if (length > 0) {
      runs.number(from);
    }
  }

  /** The first position of each sequence of eight bytes. */
  private static Map<Long, Integer> places(byte[] original) {
    Map<Long, Integer> places = new HashMap<>();
    for (int i = 0; i + SHORTEST <= original.length; i++) {
      places.putIfAbsent(word(original, i), i);
    }
    return places;
  }

  private static long word(byte[] bytes, int at) {
    long word = 0;
    for (int i = 0; i < SHORTEST; i++) {
      word = word << 8 | (bytes[at + i] & 0xff);
    }
    return word;
  }

  private static int common(byte[] original, int from, byte[] woven, int at) {
    int length = 0;
    while (from + length < original.length
        && at + length < woven.length
        && original[from + length] == woven[at + length]) {
      length++;
    }
    return length;
  }
}
