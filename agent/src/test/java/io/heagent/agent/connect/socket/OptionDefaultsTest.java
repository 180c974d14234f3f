package io.heagent.agent.connect.socket;

import static java.net.StandardSocketOptions.SO_RCVBUF;
import static java.net.StandardSocketOptions.TCP_NODELAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.heagent.agent.connect.fake.FakeNetwork;
import io.heagent.agent.connect.fake.bridge.RealSockets;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** For how long the option values of a new socket are taken as known. Times are milliseconds. */
@Tag("socket")
class OptionDefaultsTest {

  private final FakeNetwork time = new FakeNetwork();
  private final OptionsInUse given = new OptionsInUse();
  private final OptionDefaults defaults = new OptionDefaults(given, time);
  private SocketChannel both;
  private SocketChannel ipv4;

  @BeforeAll
  static void defineBridge() {
    RealSockets.define();
  }

  @BeforeEach
  void open() throws IOException {
    both = SocketChannel.open();
    ipv4 = SocketChannel.open(StandardProtocolFamily.INET);
    given.begin();
  }

  @AfterEach
  void close() throws IOException {
    both.close();
    ipv4.close();
  }

  private void pass(long millis) {
    time.park(this, millis * 1_000_000L);
  }

  @Test
  void valuesAreReadAgainAfterASecond() {
    OptionDefaults.Values first = defaults.of(both, false);
    pass(999);
    assertSame(first, defaults.of(both, false));
    pass(1);
    OptionDefaults.Values second = defaults.of(both, false);
    assertNotSame(first, second);
    pass(999);
    assertSame(second, defaults.of(both, false));
  }

  @Test
  void socketsOfEachFamilyHaveTheirOwn() {
    OptionDefaults.Values ofBoth = defaults.of(both, false);
    OptionDefaults.Values ofIpv4 = defaults.of(ipv4, true);
    assertNotSame(ofBoth, ofIpv4);
    assertSame(ofBoth, defaults.of(both, false));
    assertSame(ofIpv4, defaults.of(ipv4, true));
    // The kernel has this option for sockets of IPv6 only.
    assertEquals(0, ofBoth.of(NativeOption.IPV6_TCLASS));
    assertNull(ofIpv4.of(NativeOption.IPV6_TCLASS));
  }

  @Test
  void optionThatIsGivenForTheFirstTimeIsReadAtOnce() {
    OptionDefaults.Values none = defaults.of(both, false);
    assertEquals(Set.of(), none.given());
    assertNull(none.of(TCP_NODELAY));
    given.add(TCP_NODELAY);
    OptionDefaults.Values one = defaults.of(both, false);
    assertEquals(Set.of(TCP_NODELAY), one.given());
    assertEquals(false, one.of(TCP_NODELAY));
    assertSame(one, defaults.of(both, false));
  }

  @Test
  void valuesAreThoseOfANewSocket() throws IOException {
    given.add(SO_RCVBUF);
    OptionDefaults.Values values = defaults.of(both, false);
    assertEquals(both.getOption(SO_RCVBUF), values.of(SO_RCVBUF));
    assertEquals(0, values.of(NativeOption.TCP_USER_TIMEOUT));
  }

  /** It differs from one socket to the next, and nobody can set it. */
  @Test
  void optionThatCannotBeSetIsNotAsked() {
    OptionDefaults.Values all = new OptionDefaults(new OptionsInUse(), time).of(both, false);
    assertFalse(
        all.given().stream().anyMatch(option -> option.name().equals("SO_INCOMING_NAPI_ID")));
    assertEquals(false, all.of(TCP_NODELAY));
  }

  /** The program has closed its socket, and so the race its own. */
  @Test
  void socketThatIsClosedHasNone() throws IOException {
    given.add(TCP_NODELAY);
    both.close();
    OptionDefaults.Values none = defaults.of(both, false);
    assertEquals(Set.of(), none.given());
    assertNull(none.of(NativeOption.TCP_USER_TIMEOUT));
  }
}
