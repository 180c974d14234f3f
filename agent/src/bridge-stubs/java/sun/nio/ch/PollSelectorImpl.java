package sun.nio.ch;

import java.io.IOException;

/** Compile-time shape of a JDK class, whose private method a nestmate calls. Never packaged. */
abstract class PollSelectorImpl {
  static int poll(long pollAddress, int numfds, int timeout) throws IOException {
    throw new AssertionError("a stub");
  }
}
