package io.heagent.engine.resolve.shared;

/** Told once how a shared look-up ends, by whichever thread, under its lock; must be short. */
public interface LookupEnd {

  /** Nothing more will come. Nobody else knows yet what is known last. */
  void done(SharedLookup lookup, Known last);

  /** Nobody has wanted it before it began: it never will. */
  void dropped(SharedLookup lookup);
}
