package io.heagent.probes;

/**
 * One connect to a name whose first address is dead: served where it is raced, a timeout where it
 * is not. Arguments: the port, the timeout in milliseconds.
 */
public final class HelloProbe {
  private HelloProbe() {}

  public static void main(String[] args) throws Exception {
    hello(Integer.parseInt(args[0]), Integer.parseInt(args[1])).print();
  }

  static Facts hello(int port, int millis) {
    return MatrixProbe.connect("hello", Way.SOCKET_TIMEOUT, Scenario.DEAD_FIRST, port, millis);
  }
}
