package io.heagent.agent.connect;

import java.util.Set;
import java.util.stream.Stream;

/** Programs that are known to race by themselves, told by the classes that are on the stack. */
final class SelfRacers {

  /** OkHttp 5's fast fallback, jnats' own Happy Eyeballs, MSSQL's parallel connects. */
  private static final Set<String> CLASSES =
      Set.of(
          "okhttp3.internal.connection.FastFallbackExchangeFinder",
          "io.nats.client.support.HappyEyeballsConnector",
          "com.microsoft.sqlserver.jdbc.SocketConnector");

  private SelfRacers() {}

  /** Whether one of them has called. Walks the stack: for connects that are not quickly through. */
  static boolean areOnStack() {
    return StackWalker.getInstance().walk(SelfRacers::isAny);
  }

  private static boolean isAny(Stream<StackWalker.StackFrame> frames) {
    return frames.anyMatch(frame -> CLASSES.contains(outermost(frame.getClassName())));
  }

  private static String outermost(String className) {
    int dollar = className.indexOf('$');
    return dollar < 0 ? className : className.substring(0, dollar);
  }
}
