package io.heagent.agent.netty;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The channels that are racing, by what Netty's calls tell of them. Any thread.
 *
 * <p>Lock: this object's monitor guards {@link #lostUpTo} while it grows; no other lock is taken
 * inside it.
 */
final class Racers<R extends Racers.Racer> {

  /** A channel that races. */
  interface Racer {

    /**
     * The number of its descriptor. An object, so that a map can be asked for it without memory.
     */
    Integer number();

    /** Netty's channel and its {@code Socket}. */
    Object channel();

    Object socket();

    /** What {@link Racers#nextOrder} gave when it began. */
    long order();

    /** No step is done on the number from now on. Waits for a step that is running. */
    void over();
  }

  /**
   * The channels by the numbers of their descriptors. A channel stays in this map from the dial
   * until Netty has its outcome or closes it, so that no number here is another descriptor's.
   */
  private final Map<Integer, R> byNumber = new ConcurrentHashMap<>();

  private final Map<Object, R> byChannel = new ConcurrentHashMap<>();

  /** Counts the channels, see {@link Racer#order}. */
  private final AtomicLong begun = new AtomicLong();

  /** How many threads are in {@link #lose}. */
  private final AtomicInteger losing = new AtomicInteger();

  /**
   * Of the channels whose order is not greater than this, one may be closed although it is still in
   * the maps, see {@link #lose}.
   */
  private volatile long lostUpTo;

  /** The order of the next channel. */
  long nextOrder() {
    return begun.incrementAndGet();
  }

  boolean isEmpty() {
    return byNumber.isEmpty() && byChannel.isEmpty();
  }

  /** Whether Netty's calls may concern any of them. */
  boolean haveNumbers() {
    return !byNumber.isEmpty();
  }

  void add(R racer) {
    byNumber.put(racer.number(), racer);
    byChannel.put(racer.channel(), racer);
  }

  /** Removes a channel. It takes no memory, so it cannot fail for lack of it. */
  void remove(R racer) {
    try {
      byNumber.remove(racer.number(), racer);
    } finally {
      byChannel.remove(racer.channel(), racer);
    }
  }

  R withNumber(int number) {
    return byNumber.get(number);
  }

  /** Compares by identity, because Netty's descriptors with the same number are equal. */
  R withSocket(Object socket, int number) {
    R racer = byNumber.get(number);
    return racer != null && racer.socket() == socket ? racer : null;
  }

  R ofChannel(Object channel) {
    return byChannel.get(channel);
  }

  /**
   * Finds a channel for which a hook has failed, maybe before the hook had found it, and ends it.
   * If this fails too, one of the channels that race now is no longer to be touched, and it is not
   * known which one: no step is done on any of them from now on. Later channels race.
   *
   * @return null if no such channel is racing
   */
  R lose(Object socket) {
    losing.incrementAndGet();
    try {
      R found = null;
      for (R racer : byChannel.values()) {
        found = racer.socket() == socket ? racer : found;
      }
      if (found != null) {
        found.over();
      }
      return found;
    } catch (RuntimeException | Error unexpected) {
      loseAll();
      throw unexpected;
    } finally {
      losing.decrementAndGet();
    }
  }

  private synchronized void loseAll() {
    lostUpTo = begun.get();
  }

  /**
   * Whether the number of a channel may be another descriptor's by now, see {@link #lose}. Until
   * that has found its channel, every one may be the one it looks for.
   */
  boolean isLost(R racer) {
    return losing.get() > 0 || racer.order() <= lostUpTo;
  }
}
