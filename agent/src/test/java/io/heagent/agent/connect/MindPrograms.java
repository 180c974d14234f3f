package io.heagent.agent.connect;

import io.heagent.agent.connect.MindWorld.Pending;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Shapes of programs, as they were seen in the field. Each does what it is for in rounds, on so
 * many threads, with a pause between two rounds; what it is for is an {@link Aim}.
 */
enum MindPrograms {
  /** Plain sockets; JedisPool where the first of its addresses answers; round-robin DNS. */
  POOL_OF_SOCKETS {
    @Override
    void round(Run run, int thread, int round, Aim aim) {
      run.blocking(thread, run.world.address(thread + round), TIMEOUT, aim::ended);
    }
  },
  SOCKETS_WITHOUT_TIMEOUT {
    @Override
    void round(Run run, int thread, int round, Aim aim) {
      run.blocking(thread, run.world.address(0), 0, aim::ended);
    }
  },
  /** Netty's RoundRobinInetAddressResolver: sixteen channels on four event loops. */
  ROUND_ROBIN_CHANNELS {
    @Override
    void round(Run run, int thread, int round, Aim aim) {
      run.channel(thread % 4, run.world.address(thread + round), aim::ended);
    }
  },
  /** One address after the other, until one connects. */
  RETRY_LOOP {
    @Override
    void round(Run run, int thread, int round, Aim aim) {
      attempt(run, thread, 0, aim);
    }

    private void attempt(Run run, int thread, int count, Aim aim) {
      run.blocking(
          thread,
          run.world.address(thread + count),
          TIMEOUT,
          connected -> {
            if (connected || count == 5) {
              aim.ended(connected);
            } else {
              run.world.after(run.pause, () -> attempt(run, thread, count + 1, aim));
            }
          });
    }
  },
  /** Wants to know of each address: each is an aim of its own. */
  HEALTH_CHECKER {
    @Override
    void round(Run run, int thread, int round, Aim aim) {
      run.blocking(
          thread,
          run.world.address(0),
          TIMEOUT,
          connected -> {
            aim.ended(connected);
            Aim second = run.aim();
            run.blocking(thread, run.world.address(1), TIMEOUT, second::ended);
          });
    }
  },
  /** MySQL, Apache, Jedis, OkHttp 4. */
  WALKER {
    @Override
    void round(Run run, int thread, int round, Aim aim) {
      step(run, thread, 0, aim);
    }

    private void step(Run run, int thread, int index, Aim aim) {
      run.blocking(
          thread,
          run.world.address(index),
          TIMEOUT,
          connected -> {
            if (connected || index + 1 == run.world.size()) {
              aim.ended(connected);
            } else {
              step(run, thread, index + 1, aim);
            }
          });
    }
  },
  /** Apache's asynchronous client, AsyncHttpClient: the next connect comes before the close. */
  WALKER_OVER_CHANNELS {
    @Override
    void round(Run run, int thread, int round, Aim aim) {
      step(run, thread, 0, aim);
    }

    private void step(Run run, int thread, int index, Aim aim) {
      Pending[] pending = new Pending[1];
      boolean[] over = new boolean[1];
      pending[0] =
          run.world.connect(
              100 + (thread + index) % 4,
              false,
              run.world.address(index),
              0,
              false,
              connected -> {
                over[0] = true;
                next(run, thread, index, aim, connected);
              });
      run.world.after(
          TIMEOUT,
          () -> {
            if (!over[0]) {
              over[0] = true;
              next(run, thread, index, aim, false);
              run.world.after(1, pending[0]::close);
            }
          });
    }

    private void next(Run run, int thread, int index, Aim aim, boolean connected) {
      if (connected || index + 1 == run.world.size()) {
        aim.ended(connected);
      } else {
        step(run, thread, index + 1, aim);
      }
    }
  },
  /** A race of its own over channels, on one event loop. */
  RACER_ON_ONE_THREAD {
    @Override
    void round(Run run, int thread, int round, Aim aim) {
      race(run, i -> thread, false, false, aim);
    }
  },
  /** A race of its own with a thread for each address, which nobody knows. */
  RACER_ON_TWO_THREADS {
    @Override
    void round(Run run, int thread, int round, Aim aim) {
      race(run, i -> 1000 + 2L * thread + i, true, false, aim);
    }
  },
  /** HttpURLConnection beside OkHttp 5, on one name: both are aims. */
  SOCKET_BESIDE_OKHTTP {
    @Override
    void round(Run run, int thread, int round, Aim aim) {
      race(run, i -> 1000 + 2L * thread + i, true, true, aim);
      Aim beside = run.aim();
      run.world.after(10, () -> run.blocking(thread, run.world.address(0), TIMEOUT, beside::ended));
    }
  };

  static final long TIMEOUT = 5_000;

  static final int ROUNDS = 3;

  abstract void round(Run run, int thread, int round, Aim aim);

  interface Threads {
    long of(int index);
  }

  /**
   * The first address now, the next 250 ms later or when it fails; the first success closes all.
   */
  private static void race(Run run, Threads threads, boolean blocking, boolean known, Aim aim) {
    List<Pending> all = new ArrayList<>();
    int[] begun = {0};
    int[] failed = {0};
    Runnable[] next = new Runnable[1];
    next[0] =
        () -> {
          int index = begun[0];
          if (index == run.world.size() || aim.isOver()) {
            return;
          }
          begun[0]++;
          all.add(
              run.world.connect(
                  threads.of(index),
                  blocking,
                  run.world.address(index),
                  TIMEOUT,
                  known,
                  connected -> {
                    if (connected) {
                      all.forEach(Pending::close);
                      aim.ended(true);
                    } else if (++failed[0] == run.world.size()) {
                      aim.ended(false);
                    } else {
                      next[0].run();
                    }
                  }));
          run.world.after(250, next[0]);
        };
    next[0].run();
    run.world.after(
        run.world.size() * TIMEOUT,
        () -> {
          if (!aim.isOver()) {
            all.forEach(Pending::close);
            aim.ended(false);
          }
        });
  }

  /** Something that the program wants: a connection, from some moment on. */
  static final class Aim {
    private final MindWorld world;
    final long begun;
    long ended = -1;
    boolean connected;
    Runnable then = () -> {};

    private Aim(MindWorld world) {
      this.world = world;
      this.begun = world.now();
    }

    void ended(boolean successful) {
      if (!isOver()) {
        ended = world.now();
        connected = successful;
        then.run();
      }
    }

    boolean isOver() {
      return ended >= 0;
    }

    long millis() {
      return ended - begun;
    }
  }

  /** A program of this shape at work. */
  static final class Run {
    final MindWorld world;
    final long pause;
    final List<Aim> aims = new ArrayList<>();

    private Run(MindWorld world, long pause) {
      this.world = world;
      this.pause = pause;
    }

    Aim aim() {
      Aim aim = new Aim(world);
      aims.add(aim);
      return aim;
    }

    void blocking(long thread, InetAddress to, long timeout, MindWorld.Told told) {
      world.connect(thread, true, to, timeout, false, told);
    }

    /** With a timeout of the program's own, that of Netty. */
    void channel(long thread, InetAddress to, MindWorld.Told told) {
      boolean[] over = new boolean[1];
      Pending pending =
          world.connect(
              thread,
              false,
              to,
              0,
              false,
              connected -> {
                over[0] = true;
                told.ended(connected);
              });
      world.after(
          TIMEOUT,
          () -> {
            if (!over[0]) {
              over[0] = true;
              pending.close();
              told.ended(false);
            }
          });
    }
  }

  /** Runs it to its end. */
  List<Aim> run(MindWorld world, int threads, long pause) {
    Run run = new Run(world, pause);
    for (int thread = 0; thread < threads; thread++) {
      rounds(run, thread, 0);
    }
    world.run();
    return run.aims;
  }

  private void rounds(Run run, int thread, int round) {
    if (round < ROUNDS) {
      Aim aim = run.aim();
      aim.then = () -> run.world.after(run.pause, () -> rounds(run, thread, round + 1));
      round(run, thread, round, aim);
    }
  }
}
