package io.heagent.nettyclients;

import java.util.concurrent.TimeUnit;

/** Calls one host after the other and prints the outcome of each as one line. */
final class Calls {
  /** One call by a client that has no connection to the host yet. */
  interface Client {
    /**
     * What the server answered.
     *
     * @param timeoutMillis for the connect, and for the call where the client has such a timeout
     */
    String call(String host, int port, int timeoutMillis) throws Exception;
  }

  private Calls() {}

  /**
   * Prints, separated by tabs, host, {@code ok} or {@code failed}, milliseconds, and the answer or
   * the exceptions, and ends the JVM.
   *
   * @param arguments the port, then hosts each followed by its timeout in ms
   */
  static void make(String[] arguments, Client client) {
    int port = Integer.parseInt(arguments[0]);
    for (int i = 1; i < arguments.length; i += 2) {
      String host = arguments[i];
      long begin = System.nanoTime();
      String outcome;
      String text;
      try {
        text = client.call(host, port, Integer.parseInt(arguments[i + 1]));
        outcome = "ok";
      } catch (Exception e) {
        text = chain(e);
        outcome = "failed";
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      System.out.println(
          String.join("\t", host, outcome, String.valueOf(millis), text.replaceAll("\\s+", " ")));
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
