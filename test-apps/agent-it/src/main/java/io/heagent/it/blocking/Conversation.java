package io.heagent.it.blocking;

import io.heagent.it.lab.Facts;
import java.io.Closeable;
import java.io.IOException;

/** A connection made; what a program can ask it and do with it. */
public interface Conversation extends Closeable {
  /** Asks and does everything, and notes what came of it. */
  void use(Facts facts) throws IOException;
}
