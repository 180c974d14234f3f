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
 * The connects to one name and port: those in flight, and the sequences that they belong to.
 * Guarded by its own monitor, which {@link EndpointRegistry} takes.
 */
final class EndpointState {

  /** Each is one thread of the program; of more, the oldest are forgotten. */
  static final int MAX_SEQUENCES = 16;

  /** A channel's connect that may turn out to be the next step of a sequence. */
  private record Begun(Ticket ticket, long at) {}

  final Endpoint endpoint;

  private final Scheduler time;

  /** How many connects are in flight. */
  private int pending;

  /** The channels' ones, by the thread that has begun them. */
  private final Map<Long, PendingConnects> channels = new HashMap<>(2);

  /** The blocking ones, by the address that was asked for. */
  private final List<DialGroup> groups = new ArrayList<>(1);

  /** Whether it is no longer to be used: {@link EndpointRegistry} has, or will have, another. */
  private boolean forgotten;

  /** When the last connect ended. */
  private long lastEnd;

  /** The latest last. */
  private final Deque<FailoverSequence> sequences = new ArrayDeque<>(1);

  /** The channels' connects of the last moment that are no step of a sequence, the latest last. */
  private final Deque<Begun> lately = new ArrayDeque<>(1);

  EndpointState(Endpoint endpoint, Scheduler time) {
    this.endpoint = endpoint;
    this.time = time;
  }

  void begin(Ticket ticket, long now) {
    FailoverSequence sequence = next(ticket, now);
    ticket.begin(this);
    if (!ticket.blocking) {
      ticket.enter(channels(ticket.thread).join(ticket, now));
    }
    if (sequence != null) {
      step(sequence, ticket);
    } else if (ticket.blocking) {
      ticket.join(group(ticket.requested));
    } else {
      begunLately(new Begun(ticket, now));
    }
    // Last, for a state that nothing is pending in is forgotten, with whatever is left of a connect
    // that no memory was left for.
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

  private void begunLately(Begun begun) {
    while (!lately.isEmpty() && isOld(lately.peekFirst(), begun.at)) {
      lately.removeFirst();
    }
    if (lately.size() >= MAX_SEQUENCES) {
      lately.removeFirst();
    }
    lately.addLast(begun);
  }

  private static boolean isOld(Begun begun, long now) {
    return now - begun.at >= FailoverSequence.PAUSE_NANOS;
  }

  private static void step(FailoverSequence sequence, Ticket ticket) {
    ticket.stepOf(sequence);
    sequence.step(ticket);
  }

  /** The sequence whose next step this may be: best this thread's own, else the latest. */
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
    // A connect of which nothing is known, as its race broke, is not said to have failed.
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
   * The program has closed the channel of a step: the next one may be under way already, for some
   * clients connect to the next address first (Apache's asynchronous client, Netty's users).
   */
  private void goOnWithAnother(FailoverSequence sequence, long thread, long now) {
    Begun next = null;
    for (Begun begun : lately) {
      long other = begun.ticket.thread;
      boolean better = next == null || (next.ticket.thread != thread && other == thread);
      if (better && !isOld(begun, now) && sequence.mayGoOnWith(begun.ticket, now)) {
        next = begun;
      }
    }
    if (next != null) {
      lately.remove(next);
      next.ticket.standDown(false);
      step(sequence, next.ticket);
    }
  }

  private void forgetBegun(Ticket ended) {
    for (Iterator<Begun> each = lately.iterator(); each.hasNext(); ) {
      if (each.next().ticket == ended) {
        each.remove();
      }
    }
  }

  /** Whether nothing here matters any more. */
  boolean isUseless(long now) {
    for (Iterator<FailoverSequence> each = sequences.iterator(); each.hasNext(); ) {
      if (each.next().isOver(now)) {
        each.remove();
      }
    }
    return !isBusy() && sequences.isEmpty();
  }

  /** Whether nothing has happened since a connect ended at that time. */
  boolean isIdleSince(long end) {
    return !isBusy() && lastEnd == end;
  }

  void forget() {
    forgotten = true;
  }

  boolean isForgotten() {
    return forgotten;
  }

  /** Whether connects are in flight that will be told of when they end. */
  boolean isBusy() {
    return pending > 0;
  }
}
