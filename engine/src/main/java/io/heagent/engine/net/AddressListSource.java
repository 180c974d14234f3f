package io.heagent.engine.net;

import io.heagent.engine.race.Attempt;
import io.heagent.engine.race.AttemptSource;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The attempts of one connect whose addresses the caller has given. Only the loop's thread uses it.
 */
final class AddressListSource implements AttemptSource<SocketChannel> {
  private final ConnectSpec spec;
  private final Consumer<List<InetAddress>> whenResolved;
  private final Function<Target, Attempt<SocketChannel>> toAttempt;

  /** Null until the race has asked for the first attempt. */
  private Iterator<Target> targets;

  AddressListSource(
      ConnectSpec spec,
      Consumer<List<InetAddress>> whenResolved,
      Function<Target, Attempt<SocketChannel>> toAttempt) {
    this.spec = spec;
    this.whenResolved = whenResolved;
    this.toAttempt = toAttempt;
  }

  @Override
  public void next(Answer<SocketChannel> answer) throws SocketException, UnknownHostException {
    if (targets == null) {
      targets = targets();
    }
    if (targets.hasNext()) {
      answer.attempt(toAttempt.apply(targets.next()));
    } else {
      answer.exhausted();
    }
  }

  private Iterator<Target> targets() throws SocketException, UnknownHostException {
    if (spec.addresses().isEmpty()) {
      throw new UnknownHostException(spec.host() + ": no address");
    }
    List<InetAddress> woven = spec.order(spec.addresses(), List.of());
    List<Target> pairs = Target.pairs(woven, spec.port(), spec.settings().localAddresses());
    if (pairs.isEmpty()) {
      throw spec.noPair();
    }
    whenResolved.accept(woven);
    return pairs.iterator();
  }
}
