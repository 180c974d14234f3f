package io.heagent.it.manners;

import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Cases;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Cases that look at a race while it is on, or has just ended: again where the machine was so late
 * that there was nothing to see.
 */
final class InTime {
  private static final int MOST_TRIES = 20;

  /** Somewhat less than the delay: until then a race to a dead first address is on for sure. */
  private static final long RACING_NANOS = TimeUnit.MILLISECONDS.toNanos(80);

  /** When the last connect began; cases run one after another. */
  private static volatile long begun;

  private InTime() {}

  private static final class LateException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** Again where the machine was so late that a race was over before it could be looked at. */
  static void run(String name, Cases.Body body) throws InterruptedException {
    Cases.run(
        name,
        () -> {
          for (int i = 0; i < MOST_TRIES; i++) {
            try {
              body.run();
              return;
            } catch (LateException late) {
              Racing.letPass(1);
            }
          }
          throw new LateException();
        });
  }

  static SocketChannel connecting(InetSocketAddress to) throws IOException {
    begun = System.nanoTime();
    return Racing.connecting(to);
  }

  /** A select that returns nothing, for the race is on; by a wake-up or when its time is over. */
  static void quiet(Selector selector, long millis) throws IOException {
    int ready = selector.select(millis);
    if (ready != 0 && System.nanoTime() - begun > RACING_NANOS) {
      throw new LateException();
    }
    Cases.equal(0, ready);
  }

  /** Fails the case as too late if the race may be over by now. */
  static void stillRacing() throws IOException {
    if (System.nanoTime() - begun > RACING_NANOS) {
      throw new LateException();
    }
  }

  /**
   * Until the race is over, as far as that can be told from outside; without the agent, a while.
   */
  static void awaitSibling(SocketChannel channel, InetSocketAddress to) throws IOException {
    for (int i = 0; i < 100 && to.equals(channel.getRemoteAddress()); i++) {
      Racing.letPass(10);
    }
    Racing.letPass(50);
  }
}
