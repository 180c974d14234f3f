package io.heagent.agent.connect.call;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Recognises clients that are known to race by themselves, by their classes on the stack. There is
 * one object in a JVM; any thread.
 *
 * <p>To look at a stack takes as long as a fifth of a connect on loopback. It is spared once it is
 * known that the JVM has loaded no class of these clients, because then none is on any stack.
 */
public final class RacingClients {

  /** OkHttp 5's fast fallback, jnats' own Happy Eyeballs, MSSQL's parallel connects. */
  public static final List<String> NAMES =
      List.of(
          "okhttp3.internal.connection.FastFallbackExchangeFinder",
          "io.nats.client.support.HappyEyeballsConnector",
          "com.microsoft.sqlserver.jdbc.SocketConnector");

  /** Null if nobody watches which classes the JVM loads. */
  private final BooleanSupplier maybeLoaded;

  /** Whether none was loaded when {@link #look} looked. Written by the preloading thread. */
  private volatile boolean noneFound;

  /**
   * @param maybeLoaded whether the JVM may have loaded a class of these clients; its first answer
   *     may take some milliseconds; null if that is not known
   */
  public RacingClients(BooleanSupplier maybeLoaded) {
    this.maybeLoaded = maybeLoaded;
  }

  /** Whether a class is one of these, or inside one. */
  public static boolean include(String className) {
    for (String racer : NAMES) {
      if (isOrEncloses(racer, className)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Looks through the classes that the JVM has loaded. The thread that preloads a first race calls
   * it, because no connect waits for that one. Until then each call of {@link #areOnStack} looks at
   * the stack.
   */
  public void look() {
    if (maybeLoaded != null && !maybeLoaded.getAsBoolean()) {
      noneFound = true;
    }
  }

  /**
   * Whether one of these clients has made the present call. It is asked only for connects that do
   * not answer quickly. The stack is read from a Throwable, because in a JVM that has just started
   * a StackWalker takes four times as long, and 10 ms the first time.
   */
  public boolean areOnStack() {
    if (noneFound && !maybeLoaded.getAsBoolean()) {
      return false;
    }
    for (StackTraceElement frame : new Throwable().getStackTrace()) {
      if (include(frame.getClassName())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOrEncloses(String racer, String name) {
    return name.startsWith(racer)
        && (name.length() == racer.length() || name.charAt(racer.length()) == '$');
  }
}
