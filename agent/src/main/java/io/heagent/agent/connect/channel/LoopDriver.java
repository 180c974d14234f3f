package io.heagent.agent.connect.channel;

import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.log.Faults;

/**
 * Drives a channel's race on the loop, and brings it there: timers, look-ups and permits come back
 * into the race by this. It enters the monitor of its {@link ChannelRace}, but for {@link
 * #haveStepped}, which may be called inside that of another race.
 */
final class LoopDriver implements ChannelFallback.Entries {

  private final Object monitor;
  private final PrimaryDescriptor primary;
  private final ChannelEnvironment environment;
  private final OutcomeDelivery delivery;
  private final ChannelCourse course;
  private final ChannelRaceState state;
  private final Runnable step = new Task(this, Task.STEP, null);
  private final Runnable due = new Task(this, Task.DUE, null);
  private final Runnable warmUp = new Task(this, Task.WARM_UP, null);

  /** Whether the loop will not go on with it. Written by any thread, read without the lock too. */
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
  public Runnable warmUp() {
    return warmUp;
  }

  /** Whether nobody will go on with the race unless the program's own thread does. */
  boolean isStranded() {
    return stranded;
  }

  /** Has the loop go on with the race; throws where there is no loop to be had. */
  void proceed() {
    environment.loop().execute(step);
  }

  /**
   * Something may be due; called from any thread, also one that holds the monitor of another race.
   * Throws nothing.
   */
  private void haveStepped() {
    try {
      proceed();
    } catch (RuntimeException | Error noLoop) {
      Faults.unexpected(noLoop);
      // Where the primary attempt is pending it goes on alone. Else the program's next event ends
      // the race: this monitor must not be taken inside another.
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

  /** On the loop: something may be due. */
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

  /** On the loop: the primary attempt takes the time that a JVM's first race has to load. */
  private void doWarmUp() {
    synchronized (monitor) {
      if (state.isRacing()) {
        environment.races().warmUp();
      }
    }
  }

  /** On the loop: a side attempt may be through. */
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

  /** On the thread that may put it under the program's descriptor: a side attempt is connected. */
  @Override
  public void connected(FallbackAttempt attempt) {
    synchronized (monitor) {
      try {
        course.connected(attempt);
      } catch (RuntimeException | Error unexpected) {
        Faults.unexpected(unexpected);
        state.abandon();
      }
    }
  }

  /** One class for all, where each lambda would be one that the first races wait for. */
  private record Task(LoopDriver driver, int what, FallbackAttempt attempt) implements Runnable {
    static final int STEP = 0;
    static final int DUE = 1;
    static final int WARM_UP = 2;
    static final int READY = 3;

    @Override
    public void run() {
      switch (what) {
        case STEP -> driver.doStep();
        case DUE -> driver.haveStepped();
        case READY -> driver.doCheck(attempt);
        default -> driver.doWarmUp();
      }
    }
  }
}
