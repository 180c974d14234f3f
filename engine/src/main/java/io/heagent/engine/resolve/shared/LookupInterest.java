package io.heagent.engine.resolve.shared;

/** The interest of one who wants the answer of a {@link SharedLookup}. */
public final class LookupInterest {

  private final SharedLookup lookup;
  private final Runnable listener;

  LookupInterest(SharedLookup lookup, Runnable listener) {
    this.lookup = lookup;
    this.listener = listener;
  }

  /** What it is for. */
  public SharedLookup lookup() {
    return lookup;
  }

  /** Wants it no more: the listener is not run any more. Again it does nothing. */
  public void leave() {
    lookup.leave(this);
  }

  /** More is known; under the look-up's lock. */
  void tell() {
    listener.run();
  }
}
