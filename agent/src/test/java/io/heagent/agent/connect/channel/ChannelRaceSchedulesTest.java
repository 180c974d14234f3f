package io.heagent.agent.connect.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever addresses answer and whenever, in whatever kind of channel: its program is told one
 * outcome and no other, and nothing is left behind.
 */
class ChannelRaceSchedulesTest {
  private static final int SCHEDULES = 3_000;

  private final List<String> accepting = new ArrayList<>();

  /** Whether an attempt that would have been answered may give way to another. */
  private boolean mayDrop;

  private ChannelRig rig(Random random) {
    String[] addresses = new String[1 + random.nextInt(4)];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = "192.0.2." + (i + 1);
    }
    int kind = random.nextInt(3);
    int maxInFlight = kind == 2 ? 1 + random.nextInt(4) : addresses.length;
    mayDrop = maxInFlight < addresses.length;
    ChannelRig rig =
        switch (kind) {
          case 0 -> ChannelRig.async(addresses);
          case 1 -> ChannelRig.redialled(addresses);
          default -> ChannelRig.ruled(100 + random.nextInt(200), maxInFlight, addresses);
        };
    accepting.clear();
    for (String address : addresses) {
      int ms = random.nextInt(4) == 0 ? 0 : random.nextInt(900);
      switch (random.nextInt(3)) {
        case 0 -> {
          rig.accepts(address, ms);
          accepting.add(address);
        }
        case 1 -> rig.refuses(address, ms);
        default -> {
          // It is silent.
        }
      }
    }
    return rig;
  }

  /** Whether something was taken from the race, so that it may have left the connect alone. */
  private static boolean disturb(ChannelRig rig, Random random) {
    int ms = random.nextInt(1_500);
    int what = random.nextInt(10);
    switch (what) {
      case 0 -> rig.network.at(ms, () -> rig.loop.broken = new IllegalStateException("no thread"));
      case 1 -> rig.network.at(ms, () -> rig.network.noDescriptor = new IOException("EMFILE"));
      case 2 -> rig.network.at(ms, () -> rig.network.noDuplicate = new IOException("dup2"));
      case 3 -> rig.network.canDisconnect = false;
      case 4 -> rig.network.lostOption = "TCP_NODELAY";
      case 5 -> rig.loop.crowded = true;
      case 6 -> {
        rig.network.at(ms, rig::takePermits);
        rig.network.at(ms + 100, rig::giveBackPermits);
      }
      default -> {
        // All goes well.
      }
    }
    return what < 4;
  }

  private static List<String> told(ChannelRig rig) {
    return rig.network.log.stream()
        .filter(line -> line.contains(" told "))
        .map(line -> line.substring(line.indexOf("told ")))
        .toList();
  }

  @Test
  void oneOutcomeIsToldAndNothingIsLeft() {
    for (int seed = 0; seed < SCHEDULES; seed++) {
      Random random = new Random(seed);
      ChannelRig rig = rig(random);
      boolean disturbed = disturb(rig, random);
      rig.closes(20_000);
      rig.connect();
      rig.through(60_000);
      String all = "seed " + seed + ": " + rig.network.log;
      List<String> told = told(rig);
      if (told.isEmpty()) {
        assertTrue(accepting.isEmpty() || disturbed || mayDrop, all);
        assertTrue(rig.outcome.closed() || disturbed, all);
      } else {
        assertEquals(1, told.size(), all);
        String outcome = told.get(0);
        boolean connected = outcome.startsWith("told connected to ");
        assertEquals(connected, accepting.stream().anyMatch(outcome::endsWith), all);
        assertFalse(connected && rig.outcome.closed(), all);
      }
      rig.checkNothingIsLeft(all);
    }
  }
}
