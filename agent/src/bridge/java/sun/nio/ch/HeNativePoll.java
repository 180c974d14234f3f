package sun.nio.ch;

import java.io.IOException;

/** Nestmate of {@link PollSelectorImpl}. */
final class HeNativePoll extends HeNative {

  HeNativePoll() {}

  @Override
  int poll(long address, int count, int millis) throws IOException {
    return PollSelectorImpl.poll(address, count, millis);
  }
}
