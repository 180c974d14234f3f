package io.heagent.engine.coordination;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * The connects of channels to one name and port that are in flight. The monitor of the {@link
 * EndpointState} that this belongs to guards it.
 */
final class ChannelConnects {

  /** Those that one thread began; null for none. Nearly always no other thread has begun any. */
  private PendingConnects ofFirst;

  /** The number of that thread. */
  private long first;

  /** Those of other threads, by their numbers; null before there are any. */
  private Map<Long, PendingConnects> others;

  /**
   * The connects that began within {@link FailoverSequence#PAUSE_NANOS} and are no step of a
   * sequence, the latest last.
   */
  private final Deque<Ticket> lately = new ArrayDeque<>(1);

  /** One more connect begins. */
  void begin(Ticket ticket, long now) {
    ticket.enter(of(ticket.thread).join(ticket, now));
  }

  private PendingConnects of(long thread) {
    if (ofFirst != null && first == thread) {
      return ofFirst;
    }
    PendingConnects mine = others == null ? null : others.get(thread);
    if (mine == null) {
      mine = new PendingConnects();
      add(thread, mine);
    }
    return mine;
  }

  private void add(long thread, PendingConnects mine) {
    if (ofFirst == null) {
      ofFirst = mine;
      first = thread;
      return;
    } else if (others == null) {
      others = new HashMap<>(2);
    }
    others.put(thread, mine);
  }

  private void remove(long thread) {
    if (ofFirst != null && first == thread) {
      ofFirst = null;
    } else if (others != null) {
      others.remove(thread);
    }
  }

  /** This connect has just begun, and is no step of a sequence. */
  void begunLately(Ticket begun) {
    while (!lately.isEmpty() && isOld(lately.peekFirst(), begun.begunAt())) {
      lately.removeFirst();
    }
    if (lately.size() >= EndpointState.MAX_SEQUENCES) {
      lately.removeFirst();
    }
    lately.addLast(begun);
  }

  private static boolean isOld(Ticket begun, long now) {
    return now - begun.begunAt() >= FailoverSequence.PAUSE_NANOS;
  }

  /** A connect has ended. */
  void leave(Ticket ticket) {
    if (ticket.entry() != null) {
      if (ticket.entry().leave()) {
        remove(ticket.thread);
      }
      forgetBegun(ticket);
    }
  }

  private void forgetBegun(Ticket ended) {
    for (Iterator<Ticket> each = lately.iterator(); each.hasNext(); ) {
      if (each.next() == ended) {
        each.remove();
      }
    }
  }

  /**
   * Takes the next step of a sequence whose last step was closed. The program may have begun it
   * before that, because some clients connect to the next address before they close the channel
   * (Apache's asynchronous client, clients on Netty): it is looked for among the connects that
   * began lately.
   *
   * @return null if there is none
   */
  Ticket nextStep(FailoverSequence sequence, long thread, long now) {
    Ticket next = null;
    for (Ticket begun : lately) {
      long other = begun.thread;
      boolean better = next == null || (next.thread != thread && other == thread);
      if (better && !isOld(begun, now) && sequence.mayGoOnWith(begun, now)) {
        next = begun;
      }
    }
    if (next != null) {
      lately.remove(next);
    }
    return next;
  }
}
