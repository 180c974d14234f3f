package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What Linux's table of routes says, and that the system is asked where it says nothing. */
class ThisHostTest {
  private static final String HEADER =
      "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT  \n";

  private static final String OWN_NETWORK =
      "eth0\t0000A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n";

  private static final String DEFAULT =
      "eth0\t00000000\t0100A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n";

  @Test
  void defaultRouteIsFound() {
    assertTrue(ThisHost.hasIpv4DefaultRoute(HEADER + DEFAULT + OWN_NETWORK));
    assertTrue(ThisHost.hasIpv4DefaultRoute(HEADER + OWN_NETWORK + DEFAULT));
  }

  @Test
  void withoutOneNothingIsSaid() {
    assertFalse(ThisHost.hasIpv4DefaultRoute(HEADER + OWN_NETWORK));
    assertFalse(ThisHost.hasIpv4DefaultRoute(HEADER));
    assertFalse(ThisHost.hasIpv4DefaultRoute(""));
    // Half of everything, as some VPNs write their default route, is not the whole.
    assertFalse(
        ThisHost.hasIpv4DefaultRoute(
            HEADER + "tun0\t00000000\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0\n"));
  }

  @Test
  void theSystemIsAskedThen() {
    assertTrue(new ThisHost().isRouted(Ip.of("127.0.0.1")));
    assertTrue(new ThisHost().isRouted(Ip.of("::1")));
  }
}
