package io.heagent.agent.connect;

import static java.net.StandardSocketOptions.IP_MULTICAST_TTL;
import static java.net.StandardSocketOptions.SO_KEEPALIVE;
import static java.net.StandardSocketOptions.SO_RCVBUF;
import static java.net.StandardSocketOptions.TCP_NODELAY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.SocketOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Only options that some socket was ever given can differ from the default. */
class GivenOptionsTest {

  private static final Set<SocketOption<?>> SUPPORTED =
      Set.of(SO_KEEPALIVE, SO_RCVBUF, TCP_NODELAY);

  private final GivenOptions given = new GivenOptions();

  @Test
  void allCountWhileItIsNotKnownWhatHasBeenSet() {
    given.add(TCP_NODELAY);
    assertEquals(SUPPORTED, Set.copyOf(given.among(SUPPORTED)));
  }

  @Test
  void noneCountsBeforeOneIsSet() {
    given.begin();
    assertEquals(Set.of(), Set.copyOf(given.among(SUPPORTED)));
  }

  @Test
  void eachCountsOnceItHasBeenSet() {
    given.begin();
    given.add(TCP_NODELAY);
    assertEquals(Set.of(TCP_NODELAY), Set.copyOf(given.among(SUPPORTED)));
    given.add(SO_RCVBUF);
    given.add(TCP_NODELAY);
    assertEquals(Set.of(TCP_NODELAY, SO_RCVBUF), Set.copyOf(given.among(SUPPORTED)));
  }

  /** A datagram socket was given it, perhaps. */
  @Test
  void whatTheSocketDoesNotHaveDoesNotCount() {
    given.begin();
    given.add(IP_MULTICAST_TTL);
    assertEquals(Set.of(), Set.copyOf(given.among(SUPPORTED)));
  }
}
