package io.heagent.agent.connect.fake;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.attempt.RaceLoop;
import java.util.ArrayDeque;
import java.util.Deque;

/** The loop of races on a {@link FakeNetwork}: what is due runs while the test lets time pass. */
public final class FakeLoop implements RaceLoop {

  private final FakeNetwork network;
  private final Deque<Runnable> putOff = new ArrayDeque<>();
  private boolean running;

  public boolean crowded;

  /** The timers that have been set, neither run nor cancelled. */
  private int armed;

  /** How many attempts are watched, as far as it has not been flushed since. */
  public int watched;

  /** What keeps the loop's thread from being started; null for nothing. */
  public RuntimeException broken;

  public FakeLoop(FakeNetwork network) {
    this.network = network;
  }

  @Override
  public long now() {
    return network.now();
  }

  @Override
  public Timer schedule(long atNanos, Runnable task) {
    if (broken != null) {
      throw broken;
    }
    return atNanos > network.now() ? new LaterTimer(atNanos, task) : soonest(atNanos, task);
  }

  private Timer soonest(long atNanos, Runnable task) {
    return network.schedule(atNanos, () -> run(task));
  }

  /** How many timers are still to come. What is due already does not count. */
  public int armed() {
    return armed;
  }

  private final class LaterTimer implements Timer {
    private final Timer inNetwork;
    private boolean over;

    LaterTimer(long atNanos, Runnable task) {
      armed++;
      inNetwork =
          soonest(
              atNanos,
              () -> {
                end();
                task.run();
              });
    }

    private void end() {
      if (!over) {
        over = true;
        armed--;
      }
    }

    @Override
    public void cancel() {
      end();
      inNetwork.cancel();
    }
  }

  @Override
  public void execute(Runnable task) {
    schedule(network.now(), task);
  }

  private void run(Runnable task) {
    running = true;
    task.run();
    while (!putOff.isEmpty()) {
      putOff.remove().run();
    }
    running = false;
  }

  @Override
  public void soon(Runnable task) {
    if (running) {
      putOff.add(task);
    } else {
      task.run();
    }
  }

  @Override
  public boolean isCrowded() {
    return crowded;
  }

  @Override
  public void flush() {
    // Descriptors of a made-up network are closed at once.
    watched = 0;
  }

  @Override
  public void watch(FallbackAttempt attempt, Runnable ready) {
    assertTrue(running, "on the loop's thread only");
    watched++;
    long at = network.dial(attempt.descriptor()).answersAt();
    if (at != FakeNetwork.NEVER) {
      network.schedule(Math.max(at, network.now()), () -> tell(attempt, ready));
    }
  }

  private void tell(FallbackAttempt attempt, Runnable ready) {
    if (attempt.isPollable()) {
      run(ready);
    }
  }
}
