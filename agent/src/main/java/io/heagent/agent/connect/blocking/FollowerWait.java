package io.heagent.agent.connect.blocking;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.attempt.RaceEnvironment;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.candidates.CandidateRules;
import io.heagent.agent.connect.candidates.CandidateServices;
import io.heagent.agent.connect.candidates.CandidateSource;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.engine.coordination.DialGroup;
import io.heagent.engine.order.DialOrder;
import java.io.InterruptedIOException;
import java.net.InetAddress;

/**
 * The wait of a blocking connect that is a follower of its {@link DialGroup}. It dials nothing
 * until the address has answered another connect of the group, or has been silent for the whole
 * delay. In the latter case it begins with the sibling whose turn it is, no later than it would
 * have otherwise, and the requested address follows.
 */
final class FollowerWait {

  private FollowerWait() {}

  /**
   * Whether a connect waits as a follower. It does not if that could make it slower: if the address
   * is known to answer, or if no sibling is known that could be dialled instead.
   */
  static boolean isDue(RaceEnvironment environment, ConnectCall call) {
    return call.ticket() != null
        && call.ticket().isFollower()
        && !call.group().isAnswered()
        && !call.isReordered()
        && !call.isRequestedOnly()
        && call.areAllKnown()
        && call.history() != null
        && call.request.rule().delayNanos() != RaceRule.DELAY_OFF
        && leavesTime(environment.system(), call)
        && !call.history().isHealthy(call.requested())
        && !environment.candidates().racers().areOnStack();
  }

  /** Whether the caller's timeout is longer than the delay. */
  private static boolean leavesTime(SystemCalls system, ConnectCall call) {
    return call.deadline() == ConnectCall.NEVER
        || call.deadline() - system.nanoTime() > call.delayAfter(call.requested());
  }

  /**
   * Waits.
   *
   * @return the order for the race to go by. If the address has stayed silent and a sibling may be
   *     dialled first, the order begins with that sibling
   * @throws InterruptedIOException as the JDK's own connect on a virtual thread
   */
  static DialOrder await(RaceEnvironment environment, ConnectCall call)
      throws InterruptedIOException {
    SystemCalls system = environment.system();
    InetAddress requested = call.requested();
    long until = system.nanoTime() + call.delayAfter(requested);
    while (call.request.socket().isConnecting() && !call.group().isAnswered()) {
      long left = until - system.nanoTime();
      if (left <= 0) {
        return afterSilence(environment.candidates(), call);
      }
      DialGroup group = call.group();
      group.await(() -> call.request.socket().isConnecting(), () -> system.park(group, left));
      if (Thread.currentThread().isInterrupted()) {
        if (call.request.socket().kind() == SocketKind.SOCKET && system.isVirtualThread()) {
          throw new InterruptedIOException();
        }
        return call.order();
      }
    }
    return call.order();
  }

  private static DialOrder afterSilence(CandidateServices candidates, ConnectCall call) {
    try (CandidateSource rest = CandidateSource.lookingAhead(candidates, call)) {
      InetAddress sibling = rest.isKnown() ? rest.next() : null;
      boolean goesFirst =
          sibling != null
              && CandidateRules.of(candidates, call).mayGoFirst(call.requested(), sibling);
      return goesFirst ? rest.order().beginningWith(sibling) : rest.order();
    }
  }
}
