package sun.nio.ch;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Compile-time shape of a JDK 21+ class, so that the bridge can be built on 17. Never packaged. */
abstract class Poller {
  static void poll(int fdVal, int event, long nanos, BooleanSupplier isOpen) throws IOException {
    throw new AssertionError("a stub");
  }
}
