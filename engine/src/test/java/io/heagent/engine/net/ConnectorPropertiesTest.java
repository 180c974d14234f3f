package io.heagent.engine.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.heagent.engine.net.real.Descriptors;
import io.heagent.engine.net.real.Loopback;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Connects to names with any mixture of good, refusing and dead addresses. */
@Tag("socket")
class ConnectorPropertiesTest {
  private static Loopback net;
  private static List<InetAddress> dead;

  enum Kind {
    GOOD,
    REFUSING,
    DEAD
  }

  @BeforeContainer
  static void open() throws IOException {
    net = new Loopback();
    dead = List.of(net.dead(2), net.dead(3), net.dead(4), net.dead(5), net.dead(6));
  }

  @AfterContainer
  static void close() throws IOException {
    net.close();
  }

  @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
  void aGoodAddressIsReachedAndNothingIsLeft(@ForAll @Size(min = 1, max = 5) List<Kind> kinds)
      throws Exception {
    List<InetAddress> addresses = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      addresses.add(
          switch (kinds.get(i)) {
            case GOOD -> Loopback.address(1);
            case REFUSING -> Loopback.address(100 + i);
            case DEAD -> dead.get(i);
          });
    }
    Rig rig = new Rig();
    boolean good = kinds.contains(Kind.GOOD);
    rig.options = rig.options.delay(Duration.ofMillis(10));
    if (!good) {
      rig.options = rig.options.timeout(Duration.ofMillis(80));
    }
    long before = Descriptors.open();
    try (SocketChannel channel = rig.connector.connect(rig.spec("x", net.port(), addresses))) {
      assertEquals("127.0.0.1", ((InetSocketAddress) channel.getRemoteAddress()).getHostString());
      net.good().accept().close();
    } catch (ConnectException | SocketTimeoutException failure) {
      boolean anyDead = kinds.contains(Kind.DEAD);
      assertSame(
          anyDead ? SocketTimeoutException.class : ConnectException.class, failure.getClass());
    }
    rig.settle();
    Thread loop = rig.loop.thread();
    if (loop != null) {
      loop.join();
    }
    assertEquals(before, Descriptors.open());
  }
}
