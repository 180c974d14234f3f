package io.heagent.agent.resolve;

import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the program was last given for each name: the answer of the JDK's own look-up as the JDK has
 * it, whatever the cache's time to live. A race for one address dials the other addresses of that
 * answer: the program could have seen them, and no second look-up is needed.
 *
 * <p>Any thread. Reading takes no lock. {@code lock} guards the order of writing; no other lock is
 * taken inside it, and a look-up takes it inside whatever locks the JDK holds then.
 */
public final class LastAnswers {

  /** How long an answer is kept. After that a name server may give another one. */
  static final long KEPT_NANOS = 30_000_000_000L;

  /** How many names are kept. Beyond that the name that was looked up longest ago is removed. */
  static final int MOST = 1_024;

  private static final class Answer {
    final InetAddress[] addresses;
    final long until;

    Answer(InetAddress[] addresses, long until) {
      this.addresses = addresses;
      this.until = until;
    }
  }

  private final ConcurrentHashMap<String, Answer> byName = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** The same answers, the oldest first. Guarded by the lock. */
  private final LinkedHashMap<String, Answer> inOrder = new LinkedHashMap<>();

  /**
   * Called when a name has been looked up.
   *
   * @param addresses the answer; it is not copied, so nobody may change the array
   * @param now the time, by {@link System#nanoTime}
   */
  public void add(String host, InetAddress[] addresses, long now) {
    Answer answer = new Answer(addresses, now + KEPT_NANOS);
    lock.lock();
    try {
      inOrder.remove(host);
      inOrder.put(host, answer);
      byName.put(host, answer);
      tidy(now);
    } finally {
      lock.unlock();
    }
  }

  /** Removes the answers that are too old, and those beyond the limit. */
  private void tidy(long now) {
    Iterator<Map.Entry<String, Answer>> oldest = inOrder.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<String, Answer> next = oldest.next();
      if (next.getValue().until - now > 0 && inOrder.size() <= MOST) {
        return;
      }
      byName.remove(next.getKey());
      oldest.remove();
    }
  }

  /** Called when the name is being looked up again. */
  void forget(String host) {
    lock.lock();
    try {
      inOrder.remove(host);
      byName.remove(host);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The last answer for a name. The caller must not change it.
   *
   * @return null if there is none that is recent enough
   */
  public InetAddress[] of(String host, long now) {
    Answer answer = byName.get(host);
    return answer == null || answer.until - now <= 0 ? null : answer.addresses;
  }

  /** How many names are kept, whatever their age. */
  int size() {
    return byName.size();
  }
}
