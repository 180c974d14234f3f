package io.heagent.engine.resolve.shared;

/** Begins look-ups, and lets callers join those under way. Any thread. */
public interface LookupSource {

  /** The listener of a caller that need not be told, because it asks by itself what is known. */
  Runnable NOBODY = new Nobody();

  /** A class and no lambda, which the JVM would have to link at run time during a first race. */
  final class Nobody implements Runnable {
    private Nobody() {}

    @Override
    public void run() {}
  }

  /**
   * Joins the look-up of a name that is under way. If there is none, or it is stuck, a new one
   * begins.
   *
   * @param listener see {@link SharedLookup#join}
   */
  LookupInterest join(String host, Runnable listener);
}
