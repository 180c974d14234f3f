package io.heagent.agent.patch;

/**
 * All classes of one build of the JDK that hooks are woven into, together with what the hooks rely
 * on: that such a set exists says that all of it is there. Immutable; its arrays are not to be
 * changed. Any thread.
 */
public final class PatchSet {

  private final String build;
  private final boolean fastResolve;
  private final int[] states;
  private final Patch[] patches;
  private final ClassKey[] relied;

  /**
   * A set.
   *
   * @param build the build of the JDK, as {@link #build()} gives it
   * @param fastResolve whether look-ups are woven too
   * @param states constants of the JDK, in an order that is its user's affair
   * @param patches the classes that are woven, in the order in which they are to be loaded
   * @param relied the classes that are not, and whose members are relied upon
   */
  public PatchSet(
      String build, boolean fastResolve, int[] states, Patch[] patches, ClassKey[] relied) {
    this.build = build;
    this.fastResolve = fastResolve;
    this.states = states;
    this.patches = patches;
    this.relied = relied;
  }

  /** The name of a build: its version, and the length of the file that its classes are in. */
  public static String build(String version, long length) {
    return version + "/" + length;
  }

  /** The build that it was made of. */
  public String build() {
    return build;
  }

  /** Whether look-ups are woven too. */
  public boolean fastResolve() {
    return fastResolve;
  }

  /** One of the constants. */
  public int state(int index) {
    return states[index];
  }

  int[] states() {
    return states;
  }

  /** The classes that are woven, in the order in which they are to be loaded. */
  public Patch[] patches() {
    return patches;
  }

  /** The classes that are relied upon, beside those that are woven. */
  public ClassKey[] relied() {
    return relied;
  }
}
