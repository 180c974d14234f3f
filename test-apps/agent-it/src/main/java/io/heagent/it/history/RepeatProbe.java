package io.heagent.it.history;

import io.heagent.it.blocking.BlockingWay;
import io.heagent.it.blocking.Conversation;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Failure;
import io.heagent.it.lab.Threads;
import java.util.List;
import java.util.Locale;

/**
 * Connects several times in a row to names whose first address is dead, each way to a name of its
 * own. Arguments: the port, how many connects.
 */
public final class RepeatProbe {
  /** The blocking ways to the talk service. */
  public static final List<BlockingWay> WAYS =
      List.of(
          BlockingWay.NEW_SOCKET,
          BlockingWay.SOCKET_TIMEOUT,
          BlockingWay.SOCKET_UNRESOLVED,
          BlockingWay.CHANNEL,
          BlockingWay.CHANNEL_UNRESOLVED,
          BlockingWay.CHANNEL_OPEN,
          BlockingWay.ADAPTOR);

  private static final int PATIENT_MILLIS = 60_000;

  private RepeatProbe() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int connects = Integer.parseInt(args[1]);
    for (Threads threads : Threads.possible()) {
      for (BlockingWay way : WAYS) {
        for (int i = 1; i <= connects; i++) {
          String host = host(threads, way);
          Facts facts = new Facts(host + " " + i);
          threads.run(() -> connect(way, host, port, facts));
          facts.print();
        }
      }
    }
  }

  /** The name that this way is gone to. */
  public static String host(Threads threads, BlockingWay way) {
    return (threads + "-" + way).toLowerCase(Locale.ROOT).replace('_', '-') + ".test";
  }

  private static void connect(BlockingWay way, String host, int port, Facts facts) {
    long start = System.nanoTime();
    try (Conversation made = way.open(host, port, PATIENT_MILLIS)) {
      facts.put("micros", (System.nanoTime() - start) / 1_000);
      made.use(facts);
    } catch (Exception e) {
      Failure.note(facts, e);
    }
  }
}
