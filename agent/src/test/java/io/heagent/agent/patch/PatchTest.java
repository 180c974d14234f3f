package io.heagent.agent.patch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Patches, the file that they are in, and what damage does to either: it never gives another class.
 */
class PatchTest {
  private static final String NAME = "sun/nio/ch/Net";

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static void assertMade(byte[] original, byte[] woven) {
    assertArrayEquals(woven, PatchMaker.make(NAME, original, woven).apply(original));
  }

  @Test
  void smallCases() {
    byte[] text = bytes("the quick brown fox jumps over the lazy dog");
    assertMade(text, text);
    assertMade(text, bytes(""));
    assertMade(bytes(""), text);
    assertMade(text, bytes("short"));
    assertMade(text, bytes("the quick red fox jumps over the lazy dog, the quick brown fox"));
    assertMade(text, bytes("lazy dog, brown fox jumps over the quick brown fox"));
  }

  @Test
  void anyBytes() {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      byte[] original = new byte[random.nextInt(400)];
      random.nextBytes(original);
      byte[] woven = Arrays.copyOf(original, random.nextInt(500));
      for (int change = random.nextInt(10); change > 0 && woven.length > 0; change--) {
        woven[random.nextInt(woven.length)]++;
      }
      assertMade(original, woven);
    }
  }

  @Test
  void otherBytesThanThoseItWasMadeOf() {
    byte[] original = bytes("the quick brown fox jumps over the lazy dog");
    Patch patch = PatchMaker.make(NAME, original, bytes("the quick brown cat jumps over"));
    assertNull(patch.apply(Arrays.copyOf(original, original.length - 1)));
    assertNull(patch.apply(Arrays.copyOf(original, original.length + 1)));
    assertNull(patch.apply(null));
    for (int i = 0; i < original.length; i++) {
      byte[] other = original.clone();
      other[i] ^= 1;
      assertNull(patch.apply(other));
    }
  }

  private static PatchSet set(String build, boolean fastResolve, byte[] original, String woven) {
    return new PatchSet(
        build,
        fastResolve,
        new int[] {2, 4, 1},
        new Patch[] {PatchMaker.make(NAME, original, bytes(woven))},
        new ClassKey[] {ClassKey.of("java/lang/Object", bytes("object"))});
  }

  private static byte[] file(byte[] original) {
    PatchFileWriter writer = new PatchFileWriter();
    writer.add(set("17+1/1", false, original, "the quick brown cat jumps over the lazy dog"));
    writer.add(set("17+1/1", true, original, "the quick brown cow jumps over the lazy dog"));
    writer.add(set("17+2/7", false, original, "the quick brown cat jumps over the lazy dog"));
    return writer.file(42);
  }

  @Test
  void aFileGivesBackWhatWasPutIn() {
    byte[] original = bytes("the quick brown fox jumps over the lazy dog");
    PatchFile file = PatchFile.read(file(original));
    assertEquals(42, file.weaving());
    assertEquals(3, file.sets().length);
    PatchSet set = file.sets()[2];
    assertEquals("17+2/7", set.build());
    assertEquals(PatchSet.build("17+2", 7), set.build());
    assertTrue(file.sets()[1].fastResolve());
    assertEquals(4, set.state(1));
    assertTrue(set.relied()[0].matches(bytes("object")));
    assertArrayEquals(
        bytes("the quick brown cat jumps over the lazy dog"), set.patches()[0].apply(original));
    assertTrue(set.patches()[0].isSame(file.sets()[0].patches()[0]));
  }

  /** Every byte of it, and every length: never another class, and never an exception. */
  @Test
  void damageGivesNothingRatherThanAnotherClass() {
    byte[] original = bytes("the quick brown fox jumps over the lazy dog");
    byte[] whole = file(original);
    for (int length = 0; length < whole.length; length++) {
      assertNull(PatchFile.read(Arrays.copyOf(whole, length)));
    }
    for (int i = 0; i < whole.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = whole.clone();
        damaged[i] ^= (byte) (1 << bit);
        PatchFile file = PatchFile.read(damaged);
        for (PatchSet set : file == null ? new PatchSet[0] : file.sets()) {
          for (Patch patch : set.patches()) {
            byte[] made = patch.apply(original);
            assertTrue(made == null || isWoven(made), () -> new String(made, ISO_8859_1));
          }
        }
      }
    }
    assertNotNull(PatchFile.read(whole));
  }

  private static boolean isWoven(byte[] made) {
    return new String(made, ISO_8859_1)
        .matches("the quick brown (cat|cow) jumps over the lazy dog");
  }
}
