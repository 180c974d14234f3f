package io.heagent.nettyclients;

import java.util.concurrent.TimeUnit;

/** Calls one host after the other and prints the outcome of each as one line. */
final class Calls {
  /** Whether clients resolve names as they do by default, by Netty's own resolver. */
  static final boolean OWN_RESOLVER = Boolean.getBoolean("own.resolver");

  /** One call by a client that has no connection to the host yet. */
  interface Client {
    /** What the server answered. */
    String call(Target target) throws Exception;
  }

  private Calls() {}

  /**
   * Prints, separated by tabs, whom it called, {@code ok} or {@code failed}, milliseconds, and the
   * answer or the exceptions, and ends the JVM.
   *
   * @param arguments two for each call, as {@link Target#of} reads them
   */
  static void make(String[] arguments, Client client) {
    for (int i = 0; i < arguments.length; i += 2) {
      long begin = System.nanoTime();
      String outcome;
      String text;
      try {
        text = client.call(Target.of(arguments[i], arguments[i + 1]));
        outcome = "ok";
      } catch (Exception e) {
        text = chain(e);
        outcome = "failed";
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      System.out.println(
          String.join(
              "\t", arguments[i], outcome, String.valueOf(millis), text.replaceAll("\\s+", " ")));
    }
    System.exit(0);
  }

  private static String chain(Throwable failure) {
    StringBuilder chain = new StringBuilder();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      chain.append(at).append(" | ");
    }
    return chain.toString();
  }
}
