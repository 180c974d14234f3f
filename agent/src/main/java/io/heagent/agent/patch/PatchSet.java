package io.heagent.agent.patch;

/**
 * All classes of one build of the JDK into which hooks are woven, together with the classes that
 * the hooks rely on. If a build has a set, it has all members that hooks need. Immutable; nobody
 * may change its arrays. Any thread.
 */
public final class PatchSet {

  private final String build;
  private final boolean fastResolve;
  private final int[] states;
  private final Patch[] patches;
  private final ClassKey[] relied;

  /**
   * Makes a set.
   *
   * @param build the build of the JDK, as {@link #build()} gives it
   * @param fastResolve whether look-ups are woven too
   * @param states constants of the JDK; the user of the set defines their order
   * @param patches the woven classes, in the order in which they must be loaded
   * @param relied the classes that are not woven, but have members that hooks rely on
   */
  public PatchSet(
      String build, boolean fastResolve, int[] states, Patch[] patches, ClassKey[] relied) {
    this.build = build;
    this.fastResolve = fastResolve;
    this.states = states;
    this.patches = patches;
    this.relied = relied;
  }

  /** The name of a build: its version, and the length of the file that contains its classes. */
  public static String build(String version, long length) {
    return version + "/" + length;
  }

  /** The name of the build for which the set was made. */
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

  /** The woven classes, in the order in which they must be loaded. */
  public Patch[] patches() {
    return patches;
  }

  /** The classes that hooks rely on and that are not woven. */
  public ClassKey[] relied() {
    return relied;
  }
}
