package io.heagent.engine.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.address.Ip;
import io.heagent.engine.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many connects to one address at once: the leaders dial, the followers wait. */
class DialGroupTest {
  private static final long NOW = 5;

  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final QueuedTime time = new QueuedTime();

  private final EndpointRegistry registry = new EndpointRegistry(time);

  /** A scheduler whose timers the test runs; any thread may make them. */
  private static final class QueuedTime implements Scheduler {
    final BlockingQueue<Runnable> later = new LinkedBlockingQueue<>();
    final List<Long> due = new CopyOnWriteArrayList<>();
    volatile boolean poor;

    @Override
    public long now() {
      return NOW;
    }

    @Override
    public Timer schedule(long atNanos, Runnable task) {
      if (poor) {
        throw new OutOfMemoryError("unable to create native thread");
      }
      due.add(atNanos);
      later.add(task);
      return () -> {};
    }
  }

  private Connect begun(String host, String address, boolean blocking) {
    Connect connect = new Connect(host, 443, address);
    connect.begin(registry, blocking, NOW);
    return connect;
  }

  private List<Connect> leaders() {
    List<Connect> leaders = new ArrayList<>();
    for (int i = 0; i < DialGroup.LEADERS; i++) {
      Connect connect = begun("host.example", "192.0.2.1", true);
      assertFalse(connect.ticket.isFollower());
      leaders.add(connect);
    }
    return leaders;
  }

  @Test
  void manyDialAndAllOthersFollow() {
    List<Connect> leaders = leaders();
    Connect follower = begun("host.example", "192.0.2.1", true);
    assertTrue(follower.ticket.isFollower());
    assertSame(leaders.get(0).ticket.group(), follower.ticket.group());
    assertFalse(begun("other.example", "192.0.2.1", true).ticket.isFollower());
  }

  @Test
  void nobodyFollowsOnceThereIsAnAnswer() {
    leaders().get(7).ticket.group().answered();
    assertFalse(begun("host.example", "192.0.2.1", true).ticket.isFollower());
  }

  @Test
  void whoIsOverMakesRoom() {
    List<Connect> leaders = leaders();
    registry.end(leaders.get(3).ticket, ConnectOutcome.UNKNOWN, NOW);
    assertFalse(begun("host.example", "192.0.2.1", true).ticket.isFollower());
    assertTrue(begun("host.example", "192.0.2.1", true).ticket.isFollower());
  }

  @Test
  void aFlightEndsWithItsLastConnect() {
    Connect connect = begun("host.example", "192.0.2.1", true);
    connect.ticket.group().answered();
    registry.end(connect.ticket, ConnectOutcome.CONNECTED, NOW);
    assertNotSame(connect.ticket.group(), begun("host.example", "192.0.2.1", true).ticket.group());
  }

  /** The groups of two addresses do not depend on each other, in whichever order they end. */
  @Test
  void aGroupStaysOneWhereThatOfAnotherAddressHasEnded() {
    Connect one = begun("host.example", "192.0.2.1", true);
    Connect other = begun("host.example", "192.0.2.2", true);
    assertNotSame(one.ticket.group(), other.ticket.group());
    registry.end(one.ticket, ConnectOutcome.CONNECTED, NOW);
    Connect again = begun("host.example", "192.0.2.2", true);
    assertSame(other.ticket.group(), again.ticket.group());
    Connect back = begun("host.example", "192.0.2.1", true);
    registry.end(other.ticket, ConnectOutcome.CONNECTED, NOW);
    registry.end(again.ticket, ConnectOutcome.CONNECTED, NOW);
    assertSame(back.ticket.group(), begun("host.example", "192.0.2.1", true).ticket.group());
    assertNotSame(again.ticket.group(), begun("host.example", "192.0.2.2", true).ticket.group());
  }

  /** A channel's connect must not block, so it is no follower. */
  @Test
  void channelsTakeNoPart() {
    assertNull(begun("host.example", "192.0.2.1", false).ticket.group());
  }

  @Test
  @Timeout(60)
  void anAnswerWakesAllWhoWait() throws Exception {
    DialGroup group = new DialGroup(Ip.of("192.0.2.1"), time);
    List<Thread> followers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      followers.add(follower(() -> awaitWhile(new AtomicBoolean(true), group)));
    }
    for (Thread follower : followers) {
      awaitParked(follower);
    }
    group.answered();
    for (Thread follower : followers) {
      follower.join();
    }
    assertEquals(8, followers.size());
  }

  /**
   * One timer looks for all followers while there are any; those whose sockets are open keep
   * waiting.
   */
  @Test
  @Timeout(60)
  void whoseSocketIsClosedIsWoken() throws Exception {
    DialGroup group = new DialGroup(Ip.of("192.0.2.1"), time);
    AtomicBoolean open = new AtomicBoolean(true);
    Thread closed = follower(() -> awaitWhile(open, group));
    Thread other = follower(() -> awaitWhile(new AtomicBoolean(true), group));
    awaitParked(closed);
    awaitParked(other);
    assertEquals(List.of(NOW + 50_000_000L), time.due);
    time.later.take().run();
    assertEquals(List.of(NOW + 50_000_000L, NOW + 50_000_000L), time.due);
    open.set(false);
    time.later.take().run();
    closed.join();
    group.answered();
    other.join();
  }

  /**
   * The first park uses up a permit that this thread may have left, so that only the look ends the
   * second one.
   */
  @Test
  @Timeout(60)
  void theLookWakesWhoseSocketIsClosed() {
    DialGroup group = new DialGroup(Ip.of("192.0.2.1"), time);
    LockSupport.parkNanos(1);
    group.await(
        () -> false,
        () -> {
          time.later.remove().run();
          LockSupport.parkNanos(HOUR);
        });
    assertEquals(1, time.later.size());
  }

  @Test
  void nobodyLooksOnceNobodyWaits() {
    DialGroup group = new DialGroup(Ip.of("192.0.2.1"), time);
    group.await(() -> true, () -> {});
    time.later.remove().run();
    assertTrue(time.later.isEmpty());
    group.await(() -> true, () -> {});
    assertEquals(1, time.later.size());
  }

  /** If no timer can be made now, the next follower makes one. */
  @Test
  @Timeout(60)
  void aLookThatCannotBeHadIsTriedAgain() {
    DialGroup group = new DialGroup(Ip.of("192.0.2.1"), time);
    time.poor = true;
    group.await(() -> true, () -> {});
    assertTrue(time.later.isEmpty());
    time.poor = false;
    group.await(() -> true, () -> {});
    assertEquals(1, time.later.size());
  }

  private static void awaitWhile(AtomicBoolean open, DialGroup group) {
    while (open.get() && !group.isAnswered()) {
      group.await(open::get, () -> LockSupport.parkNanos(HOUR));
    }
  }

  private static void awaitParked(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  private static Thread follower(Runnable task) {
    Thread follower = new Thread(task);
    follower.start();
    return follower;
  }
}
