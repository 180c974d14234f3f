package io.heagent.agent.connect.channel;

import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.log.Faults;

/**
 * Runs a channel's race on the loop. Timers, look-ups and permits come back into the race by this
 * object. It takes the monitor of its {@link ChannelRace}, except in {@link #haveStepped}, which
 * may be called by a thread that holds the monitor of another race.
 */
final class LoopDriver implements RaceEntries {

  private final Object monitor;
  private final PrimaryDescriptor primary;
  private final ChannelEnvironment environment;
  private final OutcomeDelivery delivery;
  private final ChannelCourse course;
  private final ChannelRaceState state;
  private final Runnable step = new Task(this, Task.STEP, null);
  private final Runnable due = new Task(this, Task.DUE, null);
  private final Runnable preload = new Task(this, Task.PRELOAD, null);

  /**
   * Whether the loop could not be given the race's next step. Written by any thread; read with and
   * without the monitor.
   */
  private volatile boolean stranded;

  LoopDriver(
      Object monitor,
      ConnectCall call,
      PrimaryDescriptor primary,
      ChannelEnvironment environment,
      OutcomeDelivery delivery) {
    this.monitor = monitor;
    this.primary = primary;
    this.environment = environment;
    this.delivery = delivery;
    this.course = new ChannelCourse(this, call, primary, environment, delivery);
    this.state = course.state();
  }

  ChannelCourse course() {
    return course;
  }

  @Override
  public Runnable step() {
    return step;
  }

  @Override
  public Runnable due() {
    return due;
  }

  @Override
  public Runnable ready(FallbackAttempt attempt) {
    return new Task(this, Task.READY, attempt);
  }

  @Override
  public Runnable connected(FallbackAttempt attempt) {
    return new Task(this, Task.CONNECTED, attempt);
  }

  @Override
  public Runnable preload() {
    return preload;
  }

  /** Whether only a thread of the program can go on with the race. */
  boolean isStranded() {
    return stranded;
  }

  /** Has the loop go on with the race. Throws if there is no loop. */
  void proceed() {
    if (primary.isHeld()) {
      environment.races().preloadAfterFailure();
    }
    environment.loop().execute(step);
  }

  /**
   * Has the loop run the next step. Any thread may call it, also one that holds the monitor of
   * another race. Never throws.
   */
  private void haveStepped() {
    try {
      proceed();
    } catch (RuntimeException | Error noLoop) {
      Faults.unexpected(noLoop);
      // If the primary attempt is pending, it goes on alone. If not, the program's next event ends
      // the race: this monitor must not be taken inside that of another race.
      if (primary.isHeld()) {
        expose();
      }
    }
  }

  private void expose() {
    stranded = true;
    try {
      delivery.expose();
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }

  /** Runs on the loop when something may be due. */
  private void doStep() {
    synchronized (monitor) {
      try {
        course.advance();
      } catch (RuntimeException | Error unexpected) {
        Faults.unexpected(unexpected);
        state.abandon();
      }
    }
  }

  /**
   * Runs on the loop while the primary attempt waits for its answer, so that a JVM's first race has
   * loaded its classes by the time it needs them.
   */
  private void doPreload() {
    synchronized (monitor) {
      if (state.isRacing()) {
        environment.races().preloadInDelay();
      }
    }
  }

  /** Runs on the loop when a fallback attempt may have an outcome. */
  private void doCheck(FallbackAttempt attempt) {
    synchronized (monitor) {
      try {
        course.check(attempt);
      } catch (RuntimeException | Error unexpected) {
        Faults.unexpected(unexpected);
        state.abandon();
      }
      doStep();
    }
  }

  /** Runs on the thread that may replace the program's descriptor. */
  private void doConnected(FallbackAttempt attempt) {
    synchronized (monitor) {
      try {
        course.connected(attempt);
      } catch (RuntimeException | Error unexpected) {
        Faults.unexpected(unexpected);
        state.abandon();
      }
    }
  }

  /**
   * One class for all tasks: each lambda would be a class of its own, and a JVM's first race would
   * wait for it.
   */
  private record Task(LoopDriver driver, int what, FallbackAttempt attempt) implements Runnable {
    static final int STEP = 0;
    static final int DUE = 1;
    static final int PRELOAD = 2;
    static final int READY = 3;
    static final int CONNECTED = 4;

    @Override
    public void run() {
      switch (what) {
        case STEP -> driver.doStep();
        case DUE -> driver.haveStepped();
        case READY -> driver.doCheck(attempt);
        case CONNECTED -> driver.doConnected(attempt);
        default -> driver.doPreload();
      }
    }
  }
}
