package io.heagent.agent.resolve;

import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the program was last given for each name: the answer of the JDK's own look-up, as the JDK
 * has it, whatever its times to live. A race over an address goes over the others of that very
 * answer; these are the ones that the program could have looked at, and there is no need to ask
 * again.
 *
 * <p>Any thread. To read takes no lock. {@code lock} guards the order of writing and is a leaf: a
 * look-up takes it, inside whatever the JDK holds then.
 */
public final class LastAnswers {

  /** For so long: what a name server says may be wrong by then. */
  static final long KEPT_NANOS = 30_000_000_000L;

  /** More names than this are not kept; the one that was looked up longest ago goes. */
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

  /** The same, the oldest first. Guarded by the lock. */
  private final LinkedHashMap<String, Answer> inOrder = new LinkedHashMap<>();

  /**
   * A name has been looked up.
   *
   * @param addresses kept as they are: nobody may change the array
   * @param now by {@link System#nanoTime}
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

  /** Takes out what is too old, or too much. */
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

  /** The name is being looked up anew. */
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
   * The last answer; not to be changed.
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
