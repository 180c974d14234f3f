package io.heagent.agent.connect.call;

/** Recognises clients that are known to race by themselves, by their classes on the stack. */
public final class RacingClients {

  /** OkHttp 5's fast fallback, jnats' own Happy Eyeballs, MSSQL's parallel connects. */
  private static final String[] CLASSES = {
    "okhttp3.internal.connection.FastFallbackExchangeFinder",
    "io.nats.client.support.HappyEyeballsConnector",
    "com.microsoft.sqlserver.jdbc.SocketConnector"
  };

  private RacingClients() {}

  /**
   * Whether one of these clients has made the present call. It is asked only for connects that do
   * not answer quickly. The stack is read from a Throwable, because in a JVM that has just started
   * a StackWalker takes four times as long, and 10 ms the first time.
   */
  public static boolean areOnStack() {
    for (StackTraceElement frame : new Throwable().getStackTrace()) {
      String name = frame.getClassName();
      for (String racer : CLASSES) {
        if (isOrEncloses(racer, name)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isOrEncloses(String racer, String name) {
    return name.startsWith(racer)
        && (name.length() == racer.length() || name.charAt(racer.length()) == '$');
  }
}
