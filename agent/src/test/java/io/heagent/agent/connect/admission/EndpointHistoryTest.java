package io.heagent.agent.connect.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.connect.fake.Remembered;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which address goes first. No other address comes more than one place later because of it. */
class EndpointHistoryTest {

  private static final String A = "192.0.2.1";
  private static final String B = "192.0.2.2";
  private static final String C = "192.0.2.3";
  private static final String D = "192.0.2.4";

  private final Remembered past = new Remembered();

  private List<InetAddress> order(String... addresses) {
    return past.history.order(Ip.list(addresses));
  }

  @Test
  void nothingKnownIsTheListItself() {
    List<InetAddress> list = Ip.list(A, B);
    assertSame(list, past.history.order(list));
    past.wins(B, 20);
    assertSame(list, past.history.order(list));
  }

  @Test
  void lastWinnerGoesBeforeADeadFirstAndTheFirstFollows() {
    past.wins(D, 20);
    past.wins(C, 20);
    past.isDead(A);
    assertEquals(Ip.list(C, A, B, D), order(A, B, C, D));
  }

  @Test
  void anyHealthyOneGoesBeforeADeadFirst() {
    past.isDead(A);
    assertEquals(Ip.list(B, A, C), order(A, B, C));
  }

  @Test
  void onlyOneIsMovedHoweverManyAreDead() {
    past.wins(D, 20);
    past.isDead(A);
    past.isDead(B);
    assertEquals(Ip.list(D, A, B, C), order(A, B, C, D));
  }

  @Test
  void deadSiblingLetsOneHealthyOnePass() {
    past.isDead(B);
    assertEquals(Ip.list(A, C, B, D), order(A, B, C, D));
  }

  @Test
  void allDeadStayInTheirOrder() {
    past.isDead(A);
    past.isDead(B);
    assertEquals(Ip.list(A, B), order(A, B));
  }

  /** A first failure puts an address behind for one minute. */
  @Test
  void repairedAddressIsBackAfterAMinute() {
    past.isDead(A);
    past.pass(59_999);
    assertEquals(Ip.list(B, A), order(A, B));
    past.pass(1);
    assertEquals(Ip.list(A, B), order(A, B));
  }
}
