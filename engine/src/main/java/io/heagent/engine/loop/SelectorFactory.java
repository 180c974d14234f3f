package io.heagent.engine.loop;

import java.io.IOException;
import java.nio.channels.Selector;

/** Opens the selector of an {@link EventLoop}, on whichever thread hands it something to do. */
@FunctionalInterface
public interface SelectorFactory {

  /** A new selector, which the loop closes. */
  Selector open() throws IOException;
}
