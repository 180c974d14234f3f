package io.heagent.agent.connect.fake;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.socket.FallbackSocket;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.engine.time.Scheduler;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A network and a clock that a test makes up. Time passes only while the race waits, and only to
 * the next thing that happens. All runs on the test's thread, or in lockstep with it. What the race
 * does is written down as {@code "<ms> <what> <address>"}.
 */
public final class FakeNetwork implements SystemCalls, Scheduler {
  public static final long NEVER = Long.MAX_VALUE;
  private static final long MS = 1_000_000L;

  // Not zero, so that a test fails if a race assumes that the clock starts with it.
  private static final long BEGIN = 987_654_321_000L;

  /** What an address says, and how long after a dial; null for a connection. */
  private record Answer(long nanos, IOException failure) {}

  /** A descriptor that has been dialled. */
  public record Dial(InetAddress address, long answersAt, IOException failure) {}

  private record Event(long at, long number, Runnable task) {}

  public final List<String> log = new ArrayList<>();

  /** Whether the racing thread is a virtual one. */
  public boolean virtual;

  /** Whether a pending connect can be taken back. */
  public boolean canDisconnect = true;

  /** Whether the hook takes our frames out of stack traces by itself. */
  public boolean traceMadeAnew;

  /**
   * What opening a socket, starting a thread and duplicating a descriptor fail with; null if they
   * succeed.
   */
  public IOException noDescriptor;

  public IOException noThread;
  public IOException noDuplicate;

  /** The option that no socket of a fallback attempt can be given; null for none. */
  public String lostOption;

  /** Happens while the options of a winner are compared with the program's. */
  public Runnable whileCarrying = () -> {};

  /** How many of the calls fail that make a descriptor blocking. */
  public int failuresToBlock;

  /** Of each descriptor that is opened. */
  public int number;

  /** The fault of the next connect of a fallback attempt's socket; null for none. */
  public Error faultToConnect;

  /**
   * What closing the socket of a fallback attempt fails with, although it is closed then; null if
   * it succeeds.
   */
  public RuntimeException failureToClose;

  /** How often a thread was woken up. */
  public int unparks;

  public int opened;
  public int closed;

  private long now = BEGIN;
  private long numbers;
  private boolean unparked;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private final Map<InetAddress, Answer> answers = new HashMap<>();
  private final IdentityHashMap<FileDescriptor, Dial> dials = new IdentityHashMap<>();
  private final IdentityHashMap<FileDescriptor, Boolean> modes = new IdentityHashMap<>();
  private final Set<FileDescriptor> hungUp = new HashSet<>();
  private final List<LockstepThread> threads = new ArrayList<>();

  /** An address accepts, so long after it was dialled. Others are silent. */
  public void accepts(String address, long ms) {
    answers.put(Ip.of(address), new Answer(ms * MS, null));
  }

  /** An address fails like this, so long after it was dialled. */
  public void fails(String address, long ms, IOException failure) {
    answers.put(Ip.of(address), new Answer(ms * MS, failure));
  }

  /** Something happens at a time, while the race waits. */
  public void at(long ms, Runnable task) {
    schedule(BEGIN + ms * MS, task);
  }

  /** Milliseconds since the beginning. */
  public long ms() {
    return (now - BEGIN) / MS;
  }

  /** What the descriptor is connected, or being connected, to; null for nothing. */
  public Dial dial(FileDescriptor fd) {
    return dials.get(fd);
  }

  /** Whether the descriptor is in blocking mode. */
  public boolean isBlocking(FileDescriptor fd) {
    return modes.getOrDefault(fd, false);
  }

  /** The address that the descriptor has dialled accepts at this moment. */
  public void acceptsNow(FileDescriptor fd) {
    dials.put(fd, new Dial(dials.get(fd).address, now, null));
  }

  /** The program closes the socket of this descriptor. */
  public void hangUp(FileDescriptor fd) {
    hungUp.add(fd);
  }

  public boolean isEveryThreadOver() {
    return threads.stream().allMatch(LockstepThread::isOver);
  }

  public void say(String what, InetAddress address) {
    log.add(ms() + " " + what + (address == null ? "" : " " + address.getHostAddress()));
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public Timer schedule(long atNanos, Runnable task) {
    Event event = new Event(atNanos, numbers++, task);
    events.add(event);
    return () -> events.remove(event);
  }

  /** Dials an address on a descriptor. True if it is connected already. */
  public boolean connect(FileDescriptor fd, InetAddress address) throws IOException {
    say("dial", address);
    Answer answer = answers.getOrDefault(address, new Answer(NEVER, null));
    long at = answer.nanos == NEVER ? NEVER : now + answer.nanos;
    dials.put(fd, new Dial(address, at, answer.failure));
    if (at != NEVER) {
      schedule(at, () -> {});
    }
    return isConnected(fd);
  }

  /** Whether what was dialled has answered; throws how it has failed. */
  public boolean isConnected(FileDescriptor fd) throws IOException {
    Dial dial = dials.get(fd);
    if (now < dial.answersAt) {
      return false;
    } else if (dial.failure != null) {
      throw dial.failure;
    }
    return true;
  }

  @Override
  public void configureBlocking(FileDescriptor fd, boolean block) throws IOException {
    if (block && failuresToBlock > 0) {
      failuresToBlock--;
      throw new IOException("Bad file descriptor");
    }
    setMode(fd, block);
  }

  /** The program, or who opens it, gives a descriptor this mode. */
  public void setMode(FileDescriptor fd, boolean block) {
    modes.put(fd, block);
  }

  /** The second becomes what the first is. */
  void duplicate(FileDescriptor from, FileDescriptor onto) throws IOException {
    if (noDuplicate != null) {
      throw noDuplicate;
    }
    say("adopt", dials.get(from).address);
    dials.put(onto, dials.get(from));
    modes.put(onto, isBlocking(from));
  }

  @Override
  public void endConnect(FileDescriptor fd) {
    InetAddress address = dials.get(fd).address;
    say("end", address);
    dials.put(fd, new Dial(address, now, new ConnectException("ended")));
  }

  @Override
  public boolean isTraceMadeAnew() {
    return traceMadeAnew;
  }

  @Override
  public boolean canDisconnect() {
    return canDisconnect;
  }

  @Override
  public void disconnect(FileDescriptor fd, boolean ipv4Only) {
    say("take back", dials.remove(fd).address);
  }

  @Override
  public void forgetIpv4(FileDescriptor fd) {
    say("forget IPv4", null);
  }

  @Override
  public FallbackSocket open(
      ConnectRequest request, InetAddress dialled, boolean ipv4Only, boolean blocking)
      throws IOException {
    if (noDescriptor != null) {
      throw noDescriptor;
    }
    opened++;
    FakeSideSocket socket = new FakeSideSocket(this);
    socket.configureBlocking(blocking);
    return socket;
  }

  @Override
  public boolean isVirtualThread() {
    return virtual;
  }

  @Override
  public void startVirtualThread(Runnable task) throws IOException {
    if (noThread != null) {
      throw noThread;
    }
    LockstepThread thread = new LockstepThread(task);
    threads.add(thread);
    thread.resume();
  }

  @Override
  public void poll(FileDescriptor fd, long millis) {
    poll(List.of(fd), millis);
  }

  @Override
  public void poll(List<FileDescriptor> fds, int millis) {
    poll(fds, (long) millis);
  }

  private void poll(List<FileDescriptor> fds, long millis) {
    pass(millis < 0 ? NEVER : millis * MS, () -> fds.stream().anyMatch(this::isWritable));
  }

  @Override
  public void parkVirtual(FileDescriptor fd, long nanos, BooleanSupplier isOpen) {
    if (isOpen.getAsBoolean()) {
      pass(nanos == 0 ? NEVER : nanos, () -> isWritable(fd) || isUnparked());
    }
  }

  @Override
  public void park(Object blocker, long nanos) {
    pass(nanos, this::isUnparked);
  }

  @Override
  public void unpark(Thread thread) {
    unparked = true;
    unparks++;
  }

  private boolean isUnparked() {
    boolean was = unparked;
    unparked = false;
    return was || Thread.currentThread().isInterrupted();
  }

  private boolean isWritable(FileDescriptor fd) {
    Dial dial = dials.get(fd);
    return dial == null || now >= dial.answersAt || hungUp.contains(fd);
  }

  private void pass(long nanos, BooleanSupplier over) {
    long until = nanos == NEVER ? NEVER : now + nanos;
    while (!over.getAsBoolean()) {
      Event next = events.peek();
      if (next == null || next.at > until) {
        assertNotEquals(NEVER, until, () -> "waits for ever: " + log);
        now = until;
        return;
      }
      events.remove();
      now = Math.max(now, next.at);
      next.task.run();
    }
  }
}
