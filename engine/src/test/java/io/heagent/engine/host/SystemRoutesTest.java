package io.heagent.engine.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.address.Ip;
import org.junit.jupiter.api.Test;

/**
 * How Linux's table of routes is read, and that a UDP socket is asked if the table does not tell.
 */
class SystemRoutesTest {
  private static final String HEADER =
      "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT  \n";

  private static final String OWN_NETWORK =
      "eth0\t0000A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n";

  private static final String DEFAULT =
      "eth0\t00000000\t0100A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n";

  @Test
  void defaultRouteIsFound() {
    assertTrue(SystemRoutes.hasIpv4DefaultRoute(HEADER + DEFAULT + OWN_NETWORK));
    assertTrue(SystemRoutes.hasIpv4DefaultRoute(HEADER + OWN_NETWORK + DEFAULT));
  }

  @Test
  void withoutOneNothingIsSaid() {
    assertFalse(SystemRoutes.hasIpv4DefaultRoute(HEADER + OWN_NETWORK));
    assertFalse(SystemRoutes.hasIpv4DefaultRoute(HEADER));
    assertFalse(SystemRoutes.hasIpv4DefaultRoute(""));
    // 0.0.0.0/1, one of the two halves that some VPNs use instead of a default route, is no default
    // route.
    assertFalse(
        SystemRoutes.hasIpv4DefaultRoute(
            HEADER + "tun0\t00000000\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0\n"));
  }

  /** Another kernel's table may have fewer columns. */
  @Test
  void lineThatEndsBeforeTheMaskSaysNothing() {
    assertFalse(
        SystemRoutes.hasIpv4DefaultRoute(
            "eth0\t00000000\t0100A8C0\t0003\t0\t0\t0\n" + OWN_NETWORK));
    assertFalse(SystemRoutes.discovery().isKnown());
  }

  @Test
  void theSystemIsAskedThen() {
    assertTrue(new SystemRoutes().isRouted(Ip.of("127.0.0.1")));
    assertTrue(new SystemRoutes().isRouted(Ip.of("::1")));
  }
}
