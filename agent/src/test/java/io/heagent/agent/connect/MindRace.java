package io.heagent.agent.connect;

import static io.heagent.agent.connect.MindWorld.MS;
import static io.heagent.agent.connect.MindWorld.NEVER;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.blocking.BlockingRace;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.candidates.CandidateSource;
import io.heagent.agent.connect.channel.ChannelCourse;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.Remembered;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.coordination.Ticket;
import io.heagent.engine.core.Action;
import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.core.RaceCore;
import io.heagent.engine.core.RaceSettings;
import io.heagent.engine.history.FailureKind;
import java.net.ConnectException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A connect with the agent in a {@link MindWorld}, in the order of {@link BlockingRace} and {@link
 * ChannelCourse}.
 */
final class MindRace implements MindWorld.Pending {
  private final MindWorld world;
  private final ConnectCall call;
  private final long startedAt;
  private final RaceCore core;
  private final List<InetAddress> tried = new ArrayList<>();
  private final MindWorld.Told told;
  private CandidateSource source;
  private boolean wanted;
  private boolean over;

  MindRace(
      MindWorld world,
      long thread,
      boolean blocking,
      InetAddress to,
      long timeout,
      boolean racer,
      MindWorld.Told told) {
    this.world = world;
    this.startedAt = world.now();
    this.told = told;
    long least = RaceRule.DEFAULT.delayNanos();
    Ticket start = new Ticket(to, blocking, thread, timeout * MS);
    call =
        Calls.to(to)
            .timeout(timeout * MS)
            .known(world.addresses())
            .history(world.history())
            .ticket(world.registry().begin(Remembered.HOST, 443, start, least, world.nanos()))
            .call();
    if (racer) {
      Calls.alone(call);
    } else {
      Calls.planned(call);
    }
    long left =
        call.deadline() == ConnectCall.NEVER ? NEVER : (call.deadline() - call.request.startedAt());
    core =
        new RaceCore(
            new RaceSettings(250 * MS, 6, 10 * MS),
            world.nanos(),
            left == NEVER ? RaceCore.NEVER : world.nanos() + left);
    core.poll();
    InetAddress first = call.remote().getAddress();
    tried.add(first);
    world.dial(first, this::firstAnswered);
    world.after(call.delayAfter(first) / MS, this::step);
    if (left != NEVER) {
      world.after(left / MS, this::step);
    }
  }

  private void firstAnswered(boolean connected) {
    if (!over && connected && source == null) {
      world.history().won(tried.get(0), (world.now() - startedAt) * MS);
      end(ConnectOutcome.CONNECTED);
    } else {
      answered(0, connected);
    }
  }

  /** The first address has not answered in time: the race begins at world.now(). */
  private void begin() {
    if (source == null) {
      source = Calls.source(call);
      core.offer(startedAt * MS, call.delayAfter(tried.get(0)));
      outlive(0, tried.get(0));
    }
  }

  private void outlive(int index, InetAddress address) {
    if (address.equals(call.requested())) {
      core.outlive(index, call.order().patience());
    }
  }

  private void answered(int index, boolean connected) {
    if (over) {
      return;
    }
    begin();
    if (connected) {
      core.succeeded(index, world.nanos());
    } else {
      boolean refused = world.nanos() - core.attempts().get(index).startNanos() < 10 * MS;
      String cause = refused ? "Connection refused" : "Connection timed out";
      core.failed(index, new ConnectException(cause), refused, world.nanos());
    }
    step();
  }

  private void step() {
    if (over) {
      return;
    }
    begin();
    core.tick(world.nanos());
    boolean more = true;
    while (more && !over) {
      for (Action action; !over && (action = core.poll()) != null; ) {
        switch (action.kind()) {
          case WANT_CANDIDATE -> wanted = true;
          case WON -> {
            end(ConnectOutcome.CONNECTED);
          }
          case FAILED, TIMED_OUT -> {
            end(failed());
          }
          default -> {}
        }
      }
      more = wanted && !over && offer();
    }
    if (!over && core.wakeAt() != RaceCore.NEVER) {
      world.after(Math.max(0, (core.wakeAt() - world.nanos() + MS - 1) / MS), this::step);
    }
  }

  private boolean offer() {
    wanted = false;
    InetAddress next = source.isKnown() ? source.next() : null;
    if (next == null) {
      core.exhausted(world.nanos());
      return true;
    }
    int index = core.offer(world.nanos(), call.delayAfter(next));
    if (index != Action.NONE) {
      tried.add(next);
      outlive(index, next);
      world.dial(next, connected -> answered(index, connected));
    }
    return true;
  }

  private ConnectOutcome failed() {
    long late = 0;
    Map<InetAddress, Long> silent = new HashMap<>();
    for (AttemptRecord record : core.attempts()) {
      InetAddress address = tried.get(record.index());
      if (record.outcome() != Outcome.FAILED) {
        silent.put(address, world.nanos() - record.startNanos());
      } else if (FailureKind.of(record.cause()) == FailureKind.UNANSWERED) {
        silent.put(address, ConnectCall.NEVER);
      } else if (address.equals(call.requested())) {
        late = (world.now() - startedAt) * MS - (record.endNanos() - record.startNanos());
      }
    }
    return ConnectOutcome.failed(List.copyOf(tried), silent, late);
  }

  private void end(ConnectOutcome outcome) {
    over = true;
    finish(outcome);
    told.ended(outcome.connected());
  }

  private void finish(ConnectOutcome outcome) {
    if (source != null) {
      core.cancel(world.nanos());
      world.history().record(tried, core.attempts());
    }
    ConnectOutcome whole = call.isRequestedOnly() ? outcome.ofRacingClient() : outcome;
    world.registry().end(call.ticket(), whole, world.nanos());
  }

  @Override
  public void close() {
    if (!over) {
      over = true;
      ConnectOutcome outcome =
          source == null
              ? ConnectOutcome.failed(
                  List.copyOf(tried), Map.of(tried.get(0), (world.now() - startedAt) * MS), 0)
              : failed();
      finish(outcome.afterClose());
    }
  }
}
