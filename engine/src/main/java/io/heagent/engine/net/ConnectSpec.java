package io.heagent.engine.net;

import io.heagent.engine.address.AddressText;
import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.host.SourceAddresses;
import io.heagent.engine.order.AddressWeave;
import io.heagent.engine.order.Rfc6724;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.List;

/**
 * What to connect to, and how. Immutable.
 *
 * @param host is looked up if {@code addresses} is null, and is named in messages
 * @param port 0 to 65535
 * @param addresses in order of preference; null to look the host up
 * @param settings how to connect
 */
public record ConnectSpec(
    String host, int port, List<InetAddress> addresses, ConnectSettings settings) {

  /**
   * @throws IllegalArgumentException if the port is out of range
   */
  public ConnectSpec {
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port " + port + ": must be 0 to 65535");
    }
  }

  /**
   * The order in which to try addresses.
   *
   * @param all every address known now, in the resolver's order
   * @param tried the addresses of the attempts that have started; they count when the families are
   *     interleaved
   * @return the addresses that have not been tried
   */
  List<InetAddress> order(List<InetAddress> all, List<InetAddress> tried) {
    List<InetAddress> sorted =
        settings.plan().policy() == null
            ? all
            : Rfc6724.sort(all, new SourceAddresses(), settings.plan().policy());
    List<InetAddress> woven = AddressWeave.reweave(sorted, tried, settings.firstFamilyCount());
    return usesHistory() ? settings.plan().history().order(host, port, woven) : woven;
  }

  /**
   * The failure of a connect whose local addresses are all of another family than the remote ones.
   */
  SocketException noPair() {
    return new SocketException(
        "No local address of the same family as any remote address: "
            + AddressText.hostAndPort(host, port));
  }

  /** The delay after an attempt at this address in nanoseconds; -1 for the delay of the options. */
  long delayNanos(InetAddress remote) {
    return usesHistory() && settings.options().hasDelay()
        ? settings.plan().history().delay(host, port, remote)
        : -1;
  }

  /** Reports to the history, if it is used, how the attempts at these targets went. */
  void record(List<Target> tried, List<AttemptRecord> attempts) {
    if (usesHistory()) {
      List<InetAddress> remotes = tried.stream().map(t -> t.remote().getAddress()).toList();
      settings.plan().history().record(host, port, remotes, attempts);
    }
  }

  /**
   * Whether the history is used. With local addresses it is not: a remote address that fails from
   * one local address may work from another.
   */
  private boolean usesHistory() {
    return settings.plan().history() != null && settings.localAddresses().isEmpty();
  }
}
