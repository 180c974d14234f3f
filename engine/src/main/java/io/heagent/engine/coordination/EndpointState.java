package io.heagent.engine.coordination;

import io.heagent.engine.time.Scheduler;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The connects to one name and port that are in flight, and the failover sequences that they belong
 * to. It is its own key in the registry's map: equal to another one for the same name and port,
 * which are all that is final in it. Names that differ in case are different. This object's
 * monitor, which {@link EndpointRegistry} takes, guards all other fields.
 *
 * <p>Nearly every connect is the only one to its name, and this object lasts as long as that
 * connect. So what several connects need, or a failed one, is made for them only.
 */
final class EndpointState {

  /**
   * How many sequences, usually one for each thread of the program, are kept; beyond that the
   * oldest is forgotten.
   */
  static final int MAX_SEQUENCES = 16;

  /** The registry has removed this state, so that it must not be used any more. */
  private static final int FORGOTTEN = -1;

  private final String host;
  private final int port;

  /** How many connects are in flight, or {@link #FORGOTTEN}. */
  private int pending;

  /** The pending connects of channels; null before the first one. */
  private ChannelConnects channels;

  /** The pending blocking connects to one requested address; null for none. */
  private DialGroup group;

  /** Those to other requested addresses, one group for each; null before the first one. */
  private List<DialGroup> others;

  /** When the last connect ended. */
  private long lastEnd;

  /** The sequence whose last step ended latest is the last; null before the first failure. */
  private Deque<FailoverSequence> sequences;

  EndpointState(String host, int port) {
    this.host = host;
    this.port = port;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EndpointState state && port == state.port && host.equals(state.host);
  }

  @Override
  public int hashCode() {
    return 31 * host.hashCode() + port;
  }

  /**
   * A connect begins.
   *
   * @param leastNanos a step's timeout is not shortened to less than this
   * @param time timers for a dial group
   */
  void begin(Ticket ticket, long leastNanos, long now, Scheduler time) {
    FailoverSequence sequence = next(ticket, now);
    ticket.begin(this);
    if (!ticket.blocking) {
      channels().begin(ticket, now);
    }
    if (sequence != null) {
      step(sequence, ticket, leastNanos);
    } else if (ticket.blocking) {
      ticket.join(group(ticket.requested, time));
    } else {
      channels.begunLately(ticket);
    }
    // Counted last: if a step above fails for lack of memory, the state still counts as not busy
    // and is forgotten together with what that connect has left behind.
    pending++;
  }

  private ChannelConnects channels() {
    if (channels == null) {
      channels = new ChannelConnects();
    }
    return channels;
  }

  private DialGroup group(InetAddress requested, Scheduler time) {
    if (group != null && group.requested.equals(requested)) {
      return group;
    }
    DialGroup found = another(requested);
    if (found == null) {
      found = new DialGroup(requested, time);
      add(found);
    }
    return found;
  }

  /** The group of an address among the others; null if there is none. */
  private DialGroup another(InetAddress requested) {
    if (others == null) {
      return null;
    }
    for (DialGroup other : others) {
      if (other.requested.equals(requested)) {
        return other;
      }
    }
    return null;
  }

  private void add(DialGroup made) {
    if (group == null) {
      group = made;
      return;
    } else if (others == null) {
      others = new ArrayList<>(1);
    }
    others.add(made);
  }

  @SuppressWarnings("ReferenceEquality") // No two groups are equal.
  private void remove(DialGroup empty) {
    if (group == empty) {
      group = null;
    } else {
      others.remove(empty);
    }
  }

  private static void step(FailoverSequence sequence, Ticket ticket, long leastNanos) {
    ticket.stepOf(sequence, leastNanos);
    sequence.step(ticket);
  }

  /**
   * The sequence whose next step this connect may be: preferably one of this thread, otherwise the
   * latest.
   */
  private FailoverSequence next(Ticket ticket, long now) {
    if (sequences == null) {
      return null;
    }
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
      sequences().addLast(sequence);
      if (sequences.size() > MAX_SEQUENCES) {
        sequences.removeFirst();
      }
      if (outcome.closed()) {
        goOnWithAnother(sequence, ticket.thread, now);
      }
    }
  }

  private Deque<FailoverSequence> sequences() {
    if (sequences == null) {
      sequences = new ArrayDeque<>(1);
    }
    return sequences;
  }

  private void leave(Ticket ticket) {
    if (!ticket.blocking) {
      channels.leave(ticket);
    }
    if (ticket.group() != null && ticket.group().leave()) {
      remove(ticket.group());
    }
  }

  /** The program has closed the channel of a failed step; its next step may have begun already. */
  private void goOnWithAnother(FailoverSequence sequence, long thread, long now) {
    Ticket next = channels == null ? null : channels.nextStep(sequence, thread, now);
    if (next != null) {
      next.standDown(false);
      // A channel's connect, whose timeout is never shortened.
      step(sequence, next, 0);
    }
  }

  /** Whether this state can be forgotten: no connect is in flight, and every sequence is over. */
  boolean isUseless(long now) {
    return areSequencesOver(now) && !isBusy();
  }

  private boolean areSequencesOver(long now) {
    if (sequences == null) {
      return true;
    }
    for (Iterator<FailoverSequence> each = sequences.iterator(); each.hasNext(); ) {
      if (each.next().isOver(now)) {
        each.remove();
      }
    }
    return sequences.isEmpty();
  }

  /** Whether no connect has begun or ended since one ended at that time. */
  boolean isIdleSince(long end) {
    return !isBusy() && lastEnd == end;
  }

  /** No connect may be in flight. */
  void forget() {
    pending = FORGOTTEN;
  }

  boolean isForgotten() {
    return pending == FORGOTTEN;
  }

  /** Whether connects are in flight. */
  boolean isBusy() {
    return pending > 0;
  }
}
