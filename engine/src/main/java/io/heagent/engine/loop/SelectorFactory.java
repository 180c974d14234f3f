package io.heagent.engine.loop;

import java.io.IOException;
import java.nio.channels.Selector;

/**
 * Opens the selector of an {@link EventLoop}, on the thread whose task or timer starts the loop.
 */
@FunctionalInterface
public interface SelectorFactory {

  /** Opens a new selector; the loop closes it. */
  Selector open() throws IOException;
}
