package io.heagent.engine.resolve.shared;

/** Where look-ups come from. Any thread. */
public interface LookupSource {

  /** The listener of one who asks by itself what is known. */
  Runnable NOBODY = new Nobody();

  /** A class: a lambda would be made at run time, and races are to begin quickly. */
  final class Nobody implements Runnable {
    private Nobody() {}

    @Override
    public void run() {}
  }

  /**
   * Joins the look-up of a name: the one under way, unless that is stuck, else a new one.
   *
   * @param listener see {@link SharedLookup#join}
   */
  LookupInterest join(String host, Runnable listener);
}
