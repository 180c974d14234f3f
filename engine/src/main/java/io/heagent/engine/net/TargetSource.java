package io.heagent.engine.net;

import io.heagent.engine.address.AddressText;
import io.heagent.engine.loop.EventLoop;
import io.heagent.engine.race.Attempt;
import io.heagent.engine.race.AttemptSource;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The attempts of one connect: looks the host up when first asked, so that the race's timeout and
 * cancellation cover the look-up, then hands out one target after the other.
 */
final class TargetSource implements AttemptSource<SocketChannel> {
  private final EventLoop loop;
  private final Lookup lookup;
  private final ConnectSpec spec;
  private final Consumer<List<InetAddress>> whenResolved;
  private final Function<Target, Attempt<SocketChannel>> toAttempt;
  private Iterator<Target> targets;
  private Runnable cancelLookup = () -> {};
  private boolean closed;

  TargetSource(
      EventLoop loop,
      Lookup lookup,
      ConnectSpec spec,
      Consumer<List<InetAddress>> whenResolved,
      Function<Target, Attempt<SocketChannel>> toAttempt) {
    this.loop = loop;
    this.lookup = lookup;
    this.spec = spec;
    this.whenResolved = whenResolved;
    this.toAttempt = toAttempt;
  }

  @Override
  public void next(Answer<SocketChannel> answer) throws SocketException, UnknownHostException {
    if (targets != null) {
      answerNext(answer);
    } else if (spec.addresses() != null) {
      resolved(spec.addresses());
      answerNext(answer);
    } else {
      cancelLookup = lookup.find(spec.host(), (addresses, e) -> found(addresses, e, answer));
    }
  }

  @Override
  public void close() {
    closed = true;
    cancelLookup.run();
  }

  /** On a thread of the look-up, or within {@link #next}: all else belongs to the loop. */
  private void found(List<InetAddress> addresses, Throwable thrown, Answer<SocketChannel> answer) {
    try {
      loop.execute(
          () -> {
            if (closed) {
              return; // too late: nobody is to hear of it
            }
            try {
              if (thrown != null) {
                answer.error(thrown);
              } else {
                resolved(addresses);
                answerNext(answer);
              }
            } catch (Throwable e) {
              answer.error(e);
            }
          });
    } catch (Throwable noLoop) {
      answer.error(noLoop instanceof UncheckedIOException ? noLoop.getCause() : noLoop);
    }
  }

  private void resolved(List<InetAddress> addresses) throws SocketException, UnknownHostException {
    if (addresses.isEmpty()) {
      throw new UnknownHostException(spec.host() + ": no address");
    }
    List<InetAddress> woven = spec.order(addresses, List.of());
    List<Target> pairs = Target.pairs(woven, spec.port(), spec.localAddresses());
    if (pairs.isEmpty()) {
      throw noPair(spec);
    }
    targets = pairs.iterator();
    whenResolved.accept(woven);
  }

  static SocketException noPair(ConnectSpec spec) {
    return new SocketException(
        "No local address of the same family as any remote address: "
            + AddressText.hostAndPort(spec.host(), spec.port()));
  }

  private void answerNext(Answer<SocketChannel> answer) {
    if (targets.hasNext()) {
      answer.attempt(toAttempt.apply(targets.next()));
    } else {
      answer.exhausted();
    }
  }
}
