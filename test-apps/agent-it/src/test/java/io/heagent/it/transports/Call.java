package io.heagent.it.transports;

import io.heagent.it.lab.Scenario;
import java.util.Locale;

/** One call that a client makes: to a name whose addresses are like this, with or without TLS. */
record Call(Scenario scenario, boolean tls) {

  /** All names are in it, as one certificate is for all of them. */
  static final String DOMAIN = "netty.test";

  static String host(Scenario scenario) {
    return scenario.name().toLowerCase(Locale.ROOT).replace('_', '-') + "." + DOMAIN;
  }

  /** As the programs of module netty-clients read it. */
  String target(int port) {
    return (tls ? "tls://" : "plain://") + host(scenario) + ":" + port;
  }

  @Override
  public String toString() {
    return scenario + (tls ? " over TLS" : "");
  }
}
