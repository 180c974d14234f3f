package io.heagent.engine.net;

import io.heagent.engine.race.ConnectListener;
import io.heagent.engine.race.RaceOptions;
import java.net.InetAddress;
import java.net.SocketOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to connect, whatever the host. Immutable: a method that changes a setting returns a copy.
 *
 * @param options how to race
 * @param firstFamilyCount the First Address Family Count of RFC 8305; 0 keeps the order
 * @param localAddresses the addresses to connect from; empty if the system chooses
 * @param socketOptions set before connecting, in this order
 * @param listener is told what happens, on the loop's thread
 * @param plan how the addresses are found and ordered
 */
public record ConnectSettings(
    RaceOptions options,
    int firstFamilyCount,
    List<InetAddress> localAddresses,
    Map<SocketOption<?>, Object> socketOptions,
    ConnectListener listener,
    AddressPlan plan) {

  /** The defaults of RFC 8305, with no socket options, no history and no listener. */
  public static final ConnectSettings DEFAULT =
      new ConnectSettings(
          RaceOptions.defaults(),
          1,
          List.of(),
          Map.of(),
          new ConnectListener() {},
          AddressPlan.DEFAULT);

  /** A copy that races in this way. */
  public ConnectSettings with(RaceOptions newOptions) {
    return new ConnectSettings(
        newOptions, firstFamilyCount, localAddresses, socketOptions, listener, plan);
  }

  /** A copy that finds and orders addresses in this way. */
  public ConnectSettings with(AddressPlan newPlan) {
    return new ConnectSettings(
        options, firstFamilyCount, localAddresses, socketOptions, listener, newPlan);
  }

  /** A copy that tells this listener. */
  public ConnectSettings with(ConnectListener newListener) {
    return new ConnectSettings(
        options, firstFamilyCount, localAddresses, socketOptions, newListener, plan);
  }

  /** A copy with this First Address Family Count. */
  public ConnectSettings withFirstFamilyCount(int count) {
    return new ConnectSettings(options, count, localAddresses, socketOptions, listener, plan);
  }

  /** A copy that connects from these addresses. */
  public ConnectSettings withLocalAddresses(List<InetAddress> addresses) {
    return new ConnectSettings(
        options, firstFamilyCount, List.copyOf(addresses), socketOptions, listener, plan);
  }

  /** A copy with one more socket option, or with another value of one that is set already. */
  public ConnectSettings withOption(SocketOption<?> option, Object value) {
    Map<SocketOption<?>, Object> all = new LinkedHashMap<>(socketOptions);
    all.put(option, value);
    return new ConnectSettings(options, firstFamilyCount, localAddresses, all, listener, plan);
  }
}
