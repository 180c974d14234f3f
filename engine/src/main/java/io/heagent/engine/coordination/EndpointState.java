package io.heagent.engine.coordination;

import io.heagent.engine.time.Scheduler;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The connects to one name and port that are in flight, and the failover sequences that they belong
 * to. This object's monitor, which {@link EndpointRegistry} takes, guards all its fields.
 */
final class EndpointState {

  /**
   * How many sequences, usually one for each thread of the program, are kept; beyond that the
   * oldest is forgotten.
   */
  static final int MAX_SEQUENCES = 16;

  final Endpoint endpoint;

  private final Scheduler time;

  /** How many connects are in flight. */
  private int pending;

  /** The pending connects of channels, by the number of the thread that began them. */
  private final Map<Long, PendingConnects> channels = new HashMap<>(2);

  /** The pending blocking connects, one group for each requested address. */
  private final List<DialGroup> groups = new ArrayList<>(1);

  /** Whether the registry has removed this state, so that it must not be used any more. */
  private boolean forgotten;

  /** When the last connect ended. */
  private long lastEnd;

  /** The sequence whose last step ended latest is the last. */
  private final Deque<FailoverSequence> sequences = new ArrayDeque<>(1);

  /**
   * The connects of channels that began within {@link FailoverSequence#PAUSE_NANOS} and are no step
   * of a sequence, the latest last.
   */
  private final Deque<Ticket> lately = new ArrayDeque<>(1);

  EndpointState(Endpoint endpoint, Scheduler time) {
    this.endpoint = endpoint;
    this.time = time;
  }

  void begin(Ticket ticket, long now) {
    FailoverSequence sequence = next(ticket, now);
    ticket.begin(this, now);
    if (!ticket.blocking) {
      ticket.enter(channels(ticket.thread).join(ticket, now));
    }
    if (sequence != null) {
      step(sequence, ticket);
    } else if (ticket.blocking) {
      ticket.join(group(ticket.requested));
    } else {
      begunLately(ticket);
    }
    // Counted last: if a step above fails for lack of memory, the state still counts as not busy
    // and is forgotten together with what that connect has left behind.
    pending++;
  }

  private DialGroup group(InetAddress requested) {
    for (DialGroup group : groups) {
      if (group.requested.equals(requested)) {
        return group;
      }
    }
    DialGroup group = new DialGroup(requested, time);
    groups.add(group);
    return group;
  }

  private PendingConnects channels(long thread) {
    PendingConnects mine = channels.get(thread);
    if (mine == null) {
      mine = new PendingConnects();
      channels.put(thread, mine);
    }
    return mine;
  }

  private void begunLately(Ticket begun) {
    while (!lately.isEmpty() && isOld(lately.peekFirst(), begun.begunAt())) {
      lately.removeFirst();
    }
    if (lately.size() >= MAX_SEQUENCES) {
      lately.removeFirst();
    }
    lately.addLast(begun);
  }

  private static boolean isOld(Ticket begun, long now) {
    return now - begun.begunAt() >= FailoverSequence.PAUSE_NANOS;
  }

  private static void step(FailoverSequence sequence, Ticket ticket) {
    ticket.stepOf(sequence);
    sequence.step(ticket);
  }

  /**
   * The sequence whose next step this connect may be: preferably one of this thread, otherwise the
   * latest.
   */
  private FailoverSequence next(Ticket ticket, long now) {
    FailoverSequence found = null;
    for (FailoverSequence sequence : sequences) {
      if (sequence.mayGoOnWith(ticket, now)
          && (found == null || !found.isOn(ticket.thread) || sequence.isOn(ticket.thread))) {
        found = sequence;
      }
    }
    return found;
  }

  void end(Ticket ticket, ConnectOutcome outcome, long now) {
    lastEnd = now;
    pending--;
    leave(ticket);
    FailoverSequence sequence = ticket.sequence();
    if (sequence != null) {
      sequences.remove(sequence);
    } else if (!outcome.tried().isEmpty() && !outcome.byRacingClient()) {
      sequence = new FailoverSequence(ticket);
    }
    // A connect without tried addresses ends the sequence: nothing is known of it, because its race
    // broke.
    if (sequence != null && !outcome.connected() && !outcome.tried().isEmpty()) {
      sequence.failed(ticket, outcome, now);
      sequences.addLast(sequence);
      if (sequences.size() > MAX_SEQUENCES) {
        sequences.removeFirst();
      }
      if (outcome.closed()) {
        goOnWithAnother(sequence, ticket.thread, now);
      }
    }
  }

  private void leave(Ticket ticket) {
    if (ticket.entry() != null) {
      if (ticket.entry().leave()) {
        channels.remove(ticket.thread);
      }
      forgetBegun(ticket);
    }
    if (ticket.group() != null && ticket.group().leave()) {
      groups.remove(ticket.group());
    }
  }

  /**
   * The program has closed the channel of a failed step. Its next step may have begun before that,
   * because some clients connect to the next address before they close the channel (Apache's
   * asynchronous client, clients on Netty): looks for it among the connects that began lately.
   */
  private void goOnWithAnother(FailoverSequence sequence, long thread, long now) {
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
      next.standDown(false);
      step(sequence, next);
    }
  }

  private void forgetBegun(Ticket ended) {
    for (Iterator<Ticket> each = lately.iterator(); each.hasNext(); ) {
      if (each.next() == ended) {
        each.remove();
      }
    }
  }

  /** Whether this state can be forgotten: no connect is in flight, and every sequence is over. */
  boolean isUseless(long now) {
    for (Iterator<FailoverSequence> each = sequences.iterator(); each.hasNext(); ) {
      if (each.next().isOver(now)) {
        each.remove();
      }
    }
    return !isBusy() && sequences.isEmpty();
  }

  /** Whether no connect has begun or ended since one ended at that time. */
  boolean isIdleSince(long end) {
    return !isBusy() && lastEnd == end;
  }

  void forget() {
    forgotten = true;
  }

  boolean isForgotten() {
    return forgotten;
  }

  /** Whether connects are in flight. */
  boolean isBusy() {
    return pending > 0;
  }
}
