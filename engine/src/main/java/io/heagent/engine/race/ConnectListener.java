package io.heagent.engine.race;

import io.heagent.engine.core.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Is told what happens while {@link io.heagent.engine.HappyEyeballs} connects. All methods do
 * nothing by default.
 *
 * <p>The methods are called one at a time, on the thread that serves all connects (or on another
 * one, if that thread cannot be started). They must return at once, and must not connect by the
 * blocking methods of {@code HappyEyeballs}. What a listener throws goes to the thread's uncaught
 * exception handler and does not change the connect. Milliseconds count from the start of the
 * attempt.
 */
public interface ConnectListener {

  /**
   * The addresses are known, in the order in which they will be tried. Not called when the look-up
   * fails; called again when a {@linkplain io.heagent.engine.HappyEyeballs#resolver resolver}
   * answers for another family later, with all addresses not yet tried.
   */
  default void resolved(String host, List<InetAddress> addresses) {}

  /**
   * An attempt starts.
   *
   * @param attempt the index of the attempt, from 0
   * @param local the local address that it binds to; null if the system chooses
   */
  default void started(int attempt, InetSocketAddress remote, InetAddress local) {}

  /** An attempt has failed by itself, after so many milliseconds. */
  default void failed(int attempt, InetSocketAddress remote, Throwable cause, long millis) {}

  /** The race has given up an attempt, for example because another one has won. */
  default void lost(int attempt, InetSocketAddress remote, Outcome reason, long millis) {}

  /** An attempt has won; its channel will be handed to the caller. */
  default void won(int attempt, InetSocketAddress remote, long millis) {}

  /**
   * The last event of every connect: it has ended in success, failure, timeout or cancellation.
   *
   * @param host as the caller gave it
   * @param attempts how many attempts were started
   */
  default void finished(String host, int port, int attempts) {}
}
