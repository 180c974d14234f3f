package io.heagent.engine.coordination;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The channels' connects in flight that one thread has begun, to one name and port. One owner that
 * begins a second address while its first is pending races by itself: such connects stand down, for
 * a while. A thread with several connects to the <em>same</em> address in flight is no such owner:
 * an event loop with the connections of a pool, which a resolver hands the addresses in turn.
 *
 * <p>Blocking connects are in none: a thread has one of them at a time, and two threads that
 * connect to two addresses of a name are strangers, for all that anybody can see. Those that race
 * on several threads are known by their classes, which are not asked for here.
 *
 * <p>Thousands may be in flight at once, so no operation here looks at all of them: those that are
 * told something, or are too old to say anything, are passed once. Guarded by the monitor of the
 * {@link EndpointState} that it belongs to.
 */
final class PendingConnects {

  /** A connect that has been pending longer says nothing about the program's habits. */
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

  /** Whether one address was twice in flight, since it last had none. */
  private boolean pool;

  /** Those that stand down. */
  private final Set<Ticket> told = new HashSet<>(2);

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
      told.forEach(one -> one.standDown(false));
      told.clear();
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

  private void tell(Ticket ticket) {
    told.add(ticket);
    ticket.standDown(true);
  }

  /** Those that were asked for one address. */
  private final class ToOne {
    final InetAddress requested;
    int pending;

    /** The ends of the list of those that say something: its younger part has been told nothing. */
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
     * The owner connects to another address of the same name.
     *
     * @return whether some of these began so lately that it races by itself; they stand down now
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
      told.remove(entry.ticket);
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
