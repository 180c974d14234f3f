package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.MindPrograms.Aim;
import io.heagent.agent.connect.MindWorld.Host;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Program shape by addresses by threads by pause: not slower than without the agent, and cured
 * where there is a good address. On a virtual clock, to the millisecond; the whole table is
 * printed, and compared with the one beside this class, which says what each shape's connects come
 * to.
 */
class MindTableTest {
  private static final long DELAY = 250;
  private static final long PATIENCE = 10 * DELAY;

  private enum Addresses {
    DEAD_GOOD(Host.DEAD, Host.GOOD),
    REFUSED_GOOD(Host.REFUSED, Host.GOOD),
    DEAD_RETURNING(Host.DEAD, Host.RETURNING),
    REFUSED_SILENT(Host.REFUSED, Host.DEAD),
    REFUSED_LOSSY(Host.REFUSED, Host.LOSSY),
    GOOD_DEAD(Host.GOOD, Host.DEAD);

    @SuppressWarnings("ImmutableEnumChecker") // List.of gives a list that cannot be changed.
    final List<Host> hosts;

    Addresses(Host... hosts) {
      this.hosts = List.of(hosts);
    }

    /** In what time a connect is cured; 0 for never. */
    long cured() {
      if (hosts.contains(Host.GOOD)) {
        return 2 * DELAY + MindWorld.TRIP;
      }
      return this == REFUSED_LOSSY ? 2 * DELAY + MindWorld.RESENT : 0;
    }
  }

  private record Cell(MindPrograms shape, Addresses addresses, int threads, long pause) {

    @Override
    public String toString() {
      return String.format("%-23s %-14s %2d %3d", shape, addresses, threads, pause);
    }

    List<Aim> run(MindWorld world) {
      return shape.run(world, threads, pause);
    }
  }

  private static List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (MindPrograms shape : MindPrograms.values()) {
      for (Addresses addresses : Addresses.values()) {
        for (int threads : new int[] {1, 16}) {
          for (long pause : new long[] {0, 500}) {
            cells.add(new Cell(shape, addresses, threads, pause));
          }
        }
      }
    }
    return cells;
  }

  @Test
  void notSlowerThanWithoutTheAgentAndCuredWhereThereIsAGoodAddress() throws IOException {
    List<String> table = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (Cell cell : cells()) {
      MindWorld plain = new MindWorld(false, cell.addresses.hosts.toArray(Host[]::new));
      MindWorld raced = new MindWorld(true, cell.addresses.hosts.toArray(Host[]::new));
      List<Aim> without = cell.run(plain);
      List<Aim> with = cell.run(raced);
      table.add(cell + " | " + text(without, plain) + " | " + text(with, raced));
      check(cell, without, with, wrong);
    }
    String printed = String.join("\n", table) + "\n";
    System.out.println(printed);
    assertTrue(wrong.isEmpty(), String.join("\n", wrong));
    assertEquals(expected(), printed);
  }

  private static void check(Cell cell, List<Aim> without, List<Aim> with, List<String> wrong) {
    for (Aim aim : with) {
      boolean cured = aim.connected && aim.millis() <= cell.addresses.cured();
      if (!aim.isOver() || (cell.addresses.cured() > 0 && !cured)) {
        wrong.add(cell + ": begun at " + aim.begun + ", " + aim.millis() + ", " + aim.connected);
      }
    }
    long slowest = slowest(without);
    if (slowest(with) > slowest + allowed(cell)) {
      wrong.add(cell + ": " + slowest(with) + " instead of " + slowest);
    }
    if (connected(with) < connected(without)) {
      wrong.add(cell + ": " + connected(with) + " connected instead of " + connected(without));
    }
  }

  /**
   * A delay, for a sibling that goes first and is dead by now. Where the address is refused and its
   * sibling says nothing, each refusal is held back for as long as a race may yet cure it; where
   * the sibling's first packet is lost, it is cured that much later than it would be refused.
   */
  private static long allowed(Cell cell) {
    int heldBack = cell.shape == MindPrograms.RETRY_LOOP ? 3 : 1;
    return DELAY
        + switch (cell.addresses) {
          case REFUSED_SILENT -> heldBack * PATIENCE;
          case REFUSED_LOSSY -> MindWorld.RESENT;
          default -> 0;
        };
  }

  private static long slowest(List<Aim> aims) {
    return aims.stream().mapToLong(Aim::millis).max().orElse(0);
  }

  private static long connected(List<Aim> aims) {
    return aims.stream().filter(aim -> aim.connected).count();
  }

  private static String text(List<Aim> aims, MindWorld world) {
    return String.format(
        "%6d ms %3d of %3d in %3d dials",
        slowest(aims), connected(aims), aims.size(), world.dials());
  }

  private static String expected() throws IOException {
    try (InputStream in = MindTableTest.class.getResourceAsStream("mind-table.txt")) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
