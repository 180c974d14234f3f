package io.heagent.agent.connect.socket;

import static java.net.StandardSocketOptions.IP_MULTICAST_TTL;
import static java.net.StandardSocketOptions.SO_RCVBUF;
import static java.net.StandardSocketOptions.TCP_NODELAY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Only options that some socket was ever given can differ from the default. */
@Tag("socket")
class OptionsInUseTest {

  private final OptionsInUse given = new OptionsInUse();
  private SocketChannel channel;

  @BeforeEach
  void open() throws IOException {
    channel = SocketChannel.open();
  }

  @AfterEach
  void close() throws IOException {
    channel.close();
  }

  @Test
  void allCountWhileItIsNotKnownWhatHasBeenSet() {
    given.add(TCP_NODELAY);
    assertEquals(channel.supportedOptions(), given.among(channel));
  }

  @Test
  void noneCountsBeforeOneIsSet() {
    given.begin();
    assertEquals(Set.of(), given.among(channel));
  }

  @Test
  void eachCountsOnceItHasBeenSet() {
    given.begin();
    given.add(TCP_NODELAY);
    assertEquals(Set.of(TCP_NODELAY), given.among(channel));
    given.add(SO_RCVBUF);
    given.add(TCP_NODELAY);
    assertEquals(Set.of(TCP_NODELAY, SO_RCVBUF), given.among(channel));
  }

  /** A datagram socket was given it, perhaps. */
  @Test
  void whatTheSocketDoesNotHaveDoesNotCount() {
    given.begin();
    given.add(IP_MULTICAST_TTL);
    assertEquals(Set.of(), given.among(channel));
  }
}
