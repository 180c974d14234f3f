package io.heagent.engine.resolve.shared;

/** The membership of one caller that wants the answer of a {@link SharedLookup}. Any thread. */
public final class LookupInterest {

  private final SharedLookup lookup;
  private final Runnable listener;

  LookupInterest(SharedLookup lookup, Runnable listener) {
    this.lookup = lookup;
    this.listener = listener;
  }

  /** The look-up that the caller has joined. */
  public SharedLookup lookup() {
    return lookup;
  }

  /**
   * The caller wants the answer no longer: its listener is not run any more. A second call does
   * nothing.
   */
  public void leave() {
    lookup.leave(this);
  }

  /** Runs the listener, because more is known. The thread holds the look-up's lock. */
  void tell() {
    listener.run();
  }
}
