package io.heagent.engine.resolve.shared;

/**
 * Is told once how a shared look-up ends. Any thread may call it, and holds the look-up's lock; the
 * methods must be short.
 */
public interface LookupEnd {

  /**
   * No further answer will come. This is called before {@link SharedLookup#known} returns {@code
   * last}.
   */
  void done(SharedLookup lookup, Known last);

  /** The look-up was given up before it ended: nobody wants it any more. */
  void dropped(SharedLookup lookup);
}
