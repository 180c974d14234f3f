package io.heagent.engine.coordination;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The connects of channels that one thread has begun to one name and port and that are in flight. A
 * program that begins a connect to a second address while the one to the first is pending races by
 * itself: the agent lets such connects <em>stand down</em>, which means that their other addresses
 * join one delay later. A thread with several connects to the <em>same</em> address in flight does
 * not race: it is an event loop that opens the connections of a pool, for which a resolver returns
 * the addresses in turn.
 *
 * <p>Blocking connects are not entered here: a thread has only one at a time, and two threads that
 * connect to two addresses of a name need not have anything to do with each other. Clients that
 * race on several threads are recognised elsewhere, by their classes on the stack.
 *
 * <p>Thousands of connects may be in flight at once, so no operation visits all of them: each
 * connect is visited once when it is told to stand down, and once when it is too old to count. The
 * monitor of the {@link EndpointState} that this belongs to guards it.
 */
final class PendingConnects {

  /** A connect that has been pending for longer does not count as part of a race. */
  static final long TELLING_NANOS = 1_000_000_000L;

  /** One connect among them. */
  static final class Entry {
    private final Ticket ticket;
    private final long since;
    private final ToOne among;
    private Entry older;
    private Entry younger;
    private boolean listed = true;
    private boolean told;

    private Entry(Ticket ticket, long since, ToOne among) {
      this.ticket = ticket;
      this.since = since;
      this.among = among;
    }

    /** When the connect began. */
    long since() {
      return since;
    }

    /**
     * The connect has ended.
     *
     * @return whether it was the thread's last
     */
    boolean leave() {
      return among.leave(this);
    }
  }

  private final List<ToOne> all = new ArrayList<>(1);

  /**
   * Whether two connects to the same address have been in flight at once, since the thread last had
   * none in flight.
   */
  private boolean pool;

  /** The connects that stand down; null before the first one is told so. */
  private Set<Ticket> told;

  /** One more connect begins. */
  Entry join(Ticket ticket, long now) {
    InetAddress requested = ticket.requested;
    ToOne same = null;
    boolean raced = false;
    for (ToOne some : all) {
      if (some.requested.equals(requested)) {
        same = some;
        pool = true;
      }
    }
    if (pool) {
      takeBack();
    } else {
      for (ToOne others : all) {
        raced |= others.meetAnother(now);
      }
    }
    if (same == null) {
      same = new ToOne(requested);
      all.add(same);
    }
    Entry entry = same.join(ticket, now);
    if (raced) {
      entry.told = true;
      tell(ticket);
    }
    return entry;
  }

  /** The thread does not race: none of its connects stands down. */
  private void takeBack() {
    if (told != null) {
      told.forEach(one -> one.standDown(false));
      told = null;
    }
  }

  private void tell(Ticket ticket) {
    if (told == null) {
      told = new HashSet<>(2);
    }
    told.add(ticket);
    ticket.standDown(true);
  }

  /** The connects to one address. */
  private final class ToOne {
    final InetAddress requested;
    int pending;

    /**
     * The ends of a list of the connects that are young enough to count, by age. Those that have
     * been told to stand down are older than those that have not.
     */
    private Entry oldest;

    private Entry youngest;

    ToOne(InetAddress requested) {
      this.requested = requested;
    }

    Entry join(Ticket ticket, long now) {
      Entry entry = new Entry(ticket, now, this);
      entry.older = youngest;
      if (youngest == null) {
        oldest = entry;
      } else {
        youngest.younger = entry;
      }
      youngest = entry;
      pending++;
      return entry;
    }

    /**
     * The thread connects to another address of the same name: these connects stand down.
     *
     * @return whether one of them is young enough to count, so that the thread races by itself
     */
    boolean meetAnother(long now) {
      while (oldest != null && now - oldest.since >= TELLING_NANOS) {
        unlist(oldest);
      }
      for (Entry entry = youngest; entry != null && !entry.told; entry = entry.older) {
        entry.told = true;
        tell(entry.ticket);
      }
      return youngest != null;
    }

    boolean leave(Entry entry) {
      unlist(entry);
      if (told != null) {
        told.remove(entry.ticket);
      }
      if (--pending == 0) {
        all.remove(this);
      }
      return all.isEmpty();
    }

    private void unlist(Entry entry) {
      if (!entry.listed) {
        return;
      }
      entry.listed = false;
      if (entry.older == null) {
        oldest = entry.younger;
      } else {
        entry.older.younger = entry.younger;
      }
      if (entry.younger == null) {
        youngest = entry.older;
      } else {
        entry.younger.older = entry.older;
      }
    }
  }
}
