package io.heagent.agent.patch;

/**
 * The sets of patches in a file. Builds of the JDK have most of their classes in common, so the
 * file has each patch once, and each set lists its patches.
 */
public final class PatchFile {

  /** The first four bytes; the last of them is the version of the format. */
  static final int MAGIC = 'H' << 24 | 'E' << 16 | 'P' << 8 | 2;

  private final int weaving;
  private final PatchSet[] sets;

  PatchFile(int weaving, PatchSet[] sets) {
    this.weaving = weaving;
    this.sets = sets;
  }

  /**
   * Reads a file.
   *
   * @return null if it is no file of patches, or is damaged
   */
  public static PatchFile read(byte[] file) {
    try {
      Bytes in = new Bytes(file);
      if (in.word() != MAGIC) {
        return null;
      }
      int weaving = in.word();
      Patch[] patches = new Patch[count(in, file)];
      for (int i = 0; i < patches.length; i++) {
        patches[i] = new Patch(key(in), in.number(), in.word(), in.block());
      }
      ClassKey[] relied = new ClassKey[count(in, file)];
      for (int i = 0; i < relied.length; i++) {
        relied[i] = key(in);
      }
      PatchSet[] sets = new PatchSet[count(in, file)];
      for (int i = 0; i < sets.length; i++) {
        sets[i] = set(in, file, patches, relied);
      }
      return in.isAtEnd() ? new PatchFile(weaving, sets) : null;
    } catch (IndexOutOfBoundsException damaged) {
      return null;
    }
  }

  /**
   * Reads the number of elements of a list. Each element takes at least one byte, so a number
   * greater than the file's length means damage.
   */
  private static int count(Bytes in, byte[] file) {
    int count = in.number();
    if (count > file.length) {
      throw new IndexOutOfBoundsException("more than there is");
    }
    return count;
  }

  private static ClassKey key(Bytes in) {
    return new ClassKey(in.text(), in.number(), in.word(), in.word());
  }

  private static PatchSet set(Bytes in, byte[] file, Patch[] patches, ClassKey[] relied) {
    String build = in.text();
    boolean fastResolve = in.number() != 0;
    int[] states = new int[count(in, file)];
    for (int i = 0; i < states.length; i++) {
      states[i] = in.number();
    }
    Patch[] own = new Patch[count(in, file)];
    for (int i = 0; i < own.length; i++) {
      own[i] = patches[in.number()];
    }
    ClassKey[] ownRelied = new ClassKey[count(in, file)];
    for (int i = 0; i < ownRelied.length; i++) {
      ownRelied[i] = relied[in.number()];
    }
    return new PatchSet(build, fastResolve, states, own, ownRelied);
  }

  /** Identifies the hooks that were woven; patches made of other hooks are not used. */
  public int weaving() {
    return weaving;
  }

  /** All sets. The caller must not change the array. */
  public PatchSet[] sets() {
    return sets;
  }
}
