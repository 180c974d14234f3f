package io.heagent.agent.observe;

import java.net.InetSocketAddress;

/** A flight recording, as the connects see it. Any thread; no method throws anything. */
public interface Recording {

  /** The agent leaves this JVM. */
  void end();

  /**
   * A connect that is to be raced begins.
   *
   * @param kind of the program's socket
   * @return null while nobody wants to know of races
   */
  RaceTrace race(String host, int port, String kind);

  /** A connect is left alone. */
  void leftAlone(InetSocketAddress target, Reason why);

  /**
   * The resolver is asked for a name.
   *
   * @return null while nobody wants to know of look-ups
   */
  LookupTrace lookup(String host);
}
