package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many connects at once to one address: the first ones dial, the others watch. */
class FlightTest {
  private static final long NOW = 5;

  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  /** What a flight wants to have run some time later. */
  private final BlockingQueue<Runnable> later = new LinkedBlockingQueue<>();

  private final Neighbours neighbours = new Neighbours();

  private ConnectCall begun(String host, String address, boolean blocking) {
    ConnectCall call = Calls.to(host, 443, address);
    neighbours.begin(call, call.requested, blocking, NOW);
    return call;
  }

  private List<ConnectCall> leaders() {
    List<ConnectCall> leaders = new ArrayList<>();
    for (int i = 0; i < Flight.LEADERS; i++) {
      ConnectCall call = begun("host.example", "192.0.2.1", true);
      assertFalse(call.follows);
      leaders.add(call);
    }
    return leaders;
  }

  @Test
  void manyDialAndAllOthersFollow() {
    List<ConnectCall> leaders = leaders();
    ConnectCall follower = begun("host.example", "192.0.2.1", true);
    assertTrue(follower.follows);
    assertSame(leaders.get(0).flight, follower.flight);
    assertFalse(begun("other.example", "192.0.2.1", true).follows);
  }

  @Test
  void nobodyFollowsOnceThereIsAnAnswer() {
    leaders().get(7).flight.answered();
    assertFalse(begun("host.example", "192.0.2.1", true).follows);
  }

  @Test
  void whoIsOverMakesRoom() {
    List<ConnectCall> leaders = leaders();
    neighbours.end(leaders.get(3), NOW);
    assertFalse(begun("host.example", "192.0.2.1", true).follows);
    assertTrue(begun("host.example", "192.0.2.1", true).follows);
  }

  @Test
  void aFlightEndsWithItsLastConnect() {
    ConnectCall call = begun("host.example", "192.0.2.1", true);
    call.flight.answered();
    neighbours.end(call, NOW);
    assertNotSame(call.flight, begun("host.example", "192.0.2.1", true).flight);
  }

  /** A channel's connect must not wait. */
  @Test
  void channelsTakeNoPart() {
    assertNull(begun("host.example", "192.0.2.1", false).flight);
  }

  @Test
  @Timeout(60)
  void anAnswerWakesAllWhoWait() throws Exception {
    Flight flight = new Flight(Ip.of("192.0.2.1"), later::add);
    List<Thread> followers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      followers.add(
          follower(
              () -> {
                while (!flight.isAnswered()) {
                  flight.await(() -> true, HOUR);
                }
              }));
    }
    flight.answered();
    for (Thread follower : followers) {
      follower.join();
    }
    assertEquals(8, followers.size());
  }

  /** One look for all who wait, as long as somebody does; the others are left to wait. */
  @Test
  @Timeout(60)
  void whoseSocketIsClosedIsWoken() throws Exception {
    Flight flight = new Flight(Ip.of("192.0.2.1"), later::add);
    AtomicBoolean open = new AtomicBoolean(true);
    Thread closed = follower(() -> awaitWhile(open, flight));
    Thread other = follower(() -> awaitWhile(new AtomicBoolean(true), flight));
    Runnable look = later.take();
    look.run();
    look = later.take();
    assertTrue(later.isEmpty());
    open.set(false);
    look.run();
    closed.join();
    flight.answered();
    other.join();
  }

  /** Where no look can be had now, the next one who waits has one. */
  @Test
  @Timeout(60)
  void aLookThatCannotBeHadIsTriedAgain() {
    AtomicBoolean poor = new AtomicBoolean(true);
    Flight flight =
        new Flight(
            Ip.of("192.0.2.1"),
            task -> {
              if (poor.get()) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              later.add(task);
            });
    flight.await(() -> true, 1);
    assertTrue(later.isEmpty());
    poor.set(false);
    flight.await(() -> true, 1);
    assertEquals(1, later.size());
  }

  private static void awaitWhile(AtomicBoolean open, Flight flight) {
    while (open.get() && !flight.isAnswered()) {
      flight.await(open::get, HOUR);
    }
  }

  private static Thread follower(Runnable task) {
    Thread follower = new Thread(task);
    follower.start();
    return follower;
  }
}
