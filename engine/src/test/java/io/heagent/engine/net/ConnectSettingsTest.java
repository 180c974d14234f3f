package io.heagent.engine.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heagent.engine.address.PolicyTable;
import io.heagent.engine.history.ConnectHistory;
import io.heagent.engine.history.HistorySettings;
import io.heagent.engine.net.real.Loopback;
import io.heagent.engine.race.ConnectListener;
import io.heagent.engine.race.RaceOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values that say how a connect is made: each change is a copy that leaves the rest alone. */
class ConnectSettingsTest {

  private static final RaceOptions RACE = RaceOptions.defaults().sequential();
  private static final ConnectListener LISTENER = new ConnectListener() {};
  private static final Map<SocketOption<?>, Object> OPTIONS =
      Map.of(StandardSocketOptions.TCP_NODELAY, true);

  private final List<InetAddress> locals = List.of(Loopback.address(7));
  private final Resolution resolution =
      new Resolution(Rig.resolver(host -> new InetAddress[0]), Duration.ofMillis(20));
  private final ConnectHistory history = new ConnectHistory(HistorySettings.DEFAULT);
  private final AddressPlan plan = new AddressPlan(resolution, PolicyTable.DEFAULT, history);

  private final ConnectSettings all = new ConnectSettings(RACE, 2, locals, OPTIONS, LISTENER, plan);

  ConnectSettingsTest() throws IOException {}

  @Test
  void eachChangeLeavesTheRestAlone() throws IOException {
    RaceOptions race = RaceOptions.defaults();
    ConnectListener other = new ConnectListener() {};
    List<InetAddress> two = new ArrayList<>(List.of(Loopback.address(8), Loopback.address(9)));
    assertEquals(new ConnectSettings(race, 2, locals, OPTIONS, LISTENER, plan), all.with(race));
    assertEquals(
        new ConnectSettings(RACE, 2, locals, OPTIONS, LISTENER, AddressPlan.DEFAULT),
        all.with(AddressPlan.DEFAULT));
    assertSame(other, all.with(other).listener());
    assertEquals(all, all.with(other).with(LISTENER));
    assertEquals(0, all.withFirstFamilyCount(0).firstFamilyCount());
    assertEquals(all, all.withFirstFamilyCount(0).withFirstFamilyCount(2));
    ConnectSettings from = all.withLocalAddresses(two);
    two.clear();
    assertEquals(List.of(Loopback.address(8), Loopback.address(9)), from.localAddresses());
    assertEquals(all, from.withLocalAddresses(locals));
  }

  /** The order in which options were given is the order in which they are set. */
  @Test
  void optionsAreSetInTheOrderInWhichTheyWereGiven() {
    ConnectSettings settings =
        ConnectSettings.DEFAULT
            .withOption(StandardSocketOptions.SO_RCVBUF, 4096)
            .withOption(StandardSocketOptions.TCP_NODELAY, true)
            .withOption(StandardSocketOptions.SO_RCVBUF, 8192);
    assertEquals(
        "[SO_RCVBUF, TCP_NODELAY]",
        settings.socketOptions().keySet().stream().map(SocketOption::name).toList().toString());
    assertEquals(8192, settings.socketOptions().get(StandardSocketOptions.SO_RCVBUF));
    assertEquals(Map.of(), ConnectSettings.DEFAULT.socketOptions());
  }

  @Test
  void eachChangeOfThePlanLeavesTheRestAlone() {
    assertEquals(new AddressPlan(resolution, null, null), AddressPlan.DEFAULT.with(resolution));
    assertEquals(
        new AddressPlan(null, PolicyTable.DEFAULT, null),
        AddressPlan.DEFAULT.with(PolicyTable.DEFAULT));
    assertEquals(new AddressPlan(null, null, history), AddressPlan.DEFAULT.with(history));
    assertEquals(
        plan, AddressPlan.DEFAULT.with(history).with(PolicyTable.DEFAULT).with(resolution));
    Resolution other = Resolution.of(Rig.resolver(host -> new InetAddress[0]));
    assertEquals(new AddressPlan(other, PolicyTable.DEFAULT, history), plan.with(other));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535})
  void portsOfTheProtocolAreAllowed(int port) {
    assertEquals(port, new ConnectSpec("x", port, null, all).port());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void otherNumbersAreNoPorts(int port) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> new ConnectSpec("x", port, null, all))
            .getMessage();
    assertEquals("port " + port + ": must be 0 to 65535", said);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2_000_000_000})
  void resolutionDelayMayBeUpToTwoSeconds(long nanos) {
    Duration delay = Duration.ofNanos(nanos);
    assertEquals(delay, new Resolution(resolution.resolver(), delay).delay());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 2_000_000_001})
  void noOtherResolutionDelay(long nanos) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Resolution(resolution.resolver(), Duration.ofNanos(nanos)));
  }

  /** RFC 8305 section 8. */
  @Test
  void resolutionDelayIsFiftyMilliseconds() {
    assertEquals(Duration.ofMillis(50), Resolution.of(resolution.resolver()).delay());
    assertSame(resolution.resolver(), Resolution.of(resolution.resolver()).resolver());
    assertEquals(Set.of(), Set.copyOf(ConnectSettings.DEFAULT.localAddresses()));
  }
}
