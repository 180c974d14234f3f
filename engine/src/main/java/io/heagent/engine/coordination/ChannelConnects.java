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

  /** By the number of the thread that began them. */
  private final Map<Long, PendingConnects> threads = new HashMap<>(2);

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
    PendingConnects mine = threads.get(thread);
    if (mine == null) {
      mine = new PendingConnects();
      threads.put(thread, mine);
    }
    return mine;
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
        threads.remove(ticket.thread);
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
