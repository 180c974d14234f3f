package io.heagent.agent.patch;

import java.util.ArrayList;
import java.util.List;

/** Writes the format that {@link PatchFile} reads: the sets in their order, and each patch once. */
public final class PatchFileWriter {

  private final List<Patch> patches = new ArrayList<>();
  private final List<ClassKey> relied = new ArrayList<>();
  private final List<PatchSet> sets = new ArrayList<>();

  /** Adds a set. */
  public void add(PatchSet set) {
    sets.add(set);
    for (Patch patch : set.patches()) {
      if (index(patch) < 0) {
        patches.add(patch);
      }
    }
    for (ClassKey key : set.relied()) {
      if (!relied.contains(key)) {
        relied.add(key);
      }
    }
  }

  private int index(Patch wanted) {
    for (int i = 0; i < patches.size(); i++) {
      if (patches.get(i).isSame(wanted)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Makes the file.
   *
   * @param weaving identifies the hooks that were woven, see {@link PatchFile#weaving}
   */
  public byte[] file(int weaving) {
    ByteSink out = new ByteSink();
    out.word(PatchFile.MAGIC);
    out.word(weaving);
    out.number(patches.size());
    for (Patch patch : patches) {
      key(patch.original(), out);
      out.number(patch.length());
      out.word(patch.crc());
      out.block(patch.runs());
    }
    out.number(relied.size());
    for (ClassKey key : relied) {
      key(key, out);
    }
    out.number(sets.size());
    for (PatchSet set : sets) {
      set(set, out);
    }
    return out.toByteArray();
  }

  private static void key(ClassKey key, ByteSink out) {
    out.text(key.name());
    out.number(key.length());
    out.word(key.crc());
    out.word(key.adler());
  }

  private void set(PatchSet set, ByteSink out) {
    out.text(set.build());
    out.number(set.fastResolve() ? 1 : 0);
    out.number(set.states().length);
    for (int state : set.states()) {
      out.number(state);
    }
    out.number(set.patches().length);
    for (Patch patch : set.patches()) {
      out.number(index(patch));
    }
    out.number(set.relied().length);
    for (ClassKey key : set.relied()) {
      out.number(relied.indexOf(key));
    }
  }
}
