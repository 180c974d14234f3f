package io.heagent.engine.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Properties of permits that hold for every schedule of races. */
class LimiterPropertiesTest {

  /** A race that takes permits, and gives each back once or more often. */
  private static final class Race {
    final AttemptLimiter.Waiter waiter = new AttemptLimiter.Waiter(this::told);
    final List<AttemptLimiter.Permit> held = new ArrayList<>();
    boolean waits;

    private void told() {
      waits = false;
    }
  }

  private static final class Run {
    final VirtualTime time = new VirtualTime();
    final AttemptLimiter limiter = new AttemptLimiter(time);
    final Random random;
    final List<Race> races = new ArrayList<>();

    long ms;

    Run(long seed) {
      random = new Random(seed);
      for (int i = 0; i < 40; i++) {
        races.add(new Race());
      }
    }

    void steps(int count) {
      for (int i = 0; i < count; i++) {
        if (random.nextInt(8) == 0) {
          ms += random.nextInt(300);
          time.through(ms);
        }
        Race race = races.get(random.nextInt(races.size()));
        switch (random.nextInt(6)) {
          case 0 -> giveBackSome(race);
          case 1 -> leave(race);
          default -> takeSome(race);
        }
        check();
      }
    }

    private void takeSome(Race race) {
      for (int i = random.nextInt(20); i > 0 && !race.waits; i--) {
        AttemptLimiter.Permit permit = limiter.take(race.waiter);
        if (permit == null) {
          race.waits = true;
        } else {
          race.held.add(permit);
        }
      }
    }

    private void giveBackSome(Race race) {
      for (int i = random.nextInt(20); i > 0 && !race.held.isEmpty(); i--) {
        AttemptLimiter.Permit permit = race.held.remove(random.nextInt(race.held.size()));
        limiter.giveBack(permit);
        if (random.nextInt(4) == 0) {
          limiter.giveBack(permit);
        }
      }
    }

    private void leave(Race race) {
      race.waits = false;
      limiter.leave(race.waiter);
    }

    private void check() {
      assertTrue(limiter.active() >= 0 && limiter.active() <= AttemptLimiter.LIMIT);
      boolean anyWaits = races.stream().anyMatch(race -> race.waits);
      assertTrue(!anyWaits || time.armed() > 0, "who waits has a timer");
      assertTrue(time.armed() <= 1, "one timer is enough");
    }
  }

  @Property(tries = 300)
  void everyPermitComesBackOnceAndNobodyIsForgotten(@ForAll long seed) {
    Run run = new Run(seed);
    run.steps(200);
    for (int i = 0; i < 60; i++) {
      // All permits expire within a second, and waiters get their turn at the next look.
      run.ms += 1_050;
      run.time.through(run.ms);
    }
    assertTrue(run.races.stream().noneMatch(race -> race.waits), "all were told");
    for (Race race : run.races) {
      race.held.forEach(run.limiter::giveBack);
      race.held.forEach(run.limiter::giveBack);
      run.limiter.leave(race.waiter);
    }
    assertEquals(0, run.limiter.active());
    assertEquals(0, run.time.armed(), "no timer is left");
  }

  /** When all permits have been given back, exactly as many as the limit can be taken. */
  @Property(tries = 300)
  void theLimitIsAlwaysTheSame(@ForAll long seed) {
    Run run = new Run(seed);
    run.steps(200);
    for (Race race : run.races) {
      run.limiter.leave(race.waiter);
      race.held.forEach(run.limiter::giveBack);
    }
    for (Race race : run.races) {
      run.limiter.leave(race.waiter);
    }
    int taken = 0;
    while (run.limiter.take(null) != null) {
      taken++;
    }
    assertEquals(AttemptLimiter.LIMIT, taken);
  }
}
