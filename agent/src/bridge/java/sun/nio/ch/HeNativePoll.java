package sun.nio.ch;

import java.io.IOException;

/**
 * A nestmate of {@link PollSelectorImpl}, so that it can call the private methods of that class.
 */
final class HeNativePoll extends HeNative {

  HeNativePoll() {}

  @Override
  int poll(long address, int count, int millis) throws IOException {
    return PollSelectorImpl.poll(address, count, millis);
  }
}
