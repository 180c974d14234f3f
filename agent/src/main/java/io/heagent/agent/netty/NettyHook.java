package io.heagent.agent.netty;

import io.heagent.agent.connect.ForeignConnects;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.StackTraceCleaner;
import io.heagent.agent.netty.channel.NettyMethods;
import io.heagent.agent.netty.channel.Registration;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.HeNetty;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The methods that woven code of Netty calls. It finds a racing socket by its number, which stays
 * that socket's until {@link #onClosing} has returned, and by its channel.
 *
 * <p>Lock: this object's monitor guards whether any channel is racing, which {@code HeNetty} is
 * told; no other lock is taken inside it.
 */
final class NettyHook extends HeNetty implements NettyInstallation.Departing {

  /** The channel that connects on this thread, from the begin to the end of {@code doConnect}. */
  private static final ThreadLocal<NettySocket> CURRENT = new ThreadLocal<>();

  private final ForeignConnects connects;
  private final NettyChannels channels;
  private final Racers<NettySocket> racers = new Racers<>();

  /** See {@link Registration#isKnown}. */
  private final AtomicInteger untold = new AtomicInteger();

  /** How many connects are between begin and end. */
  private final AtomicInteger underWay = new AtomicInteger();

  NettyHook(ForeignConnects connects, NettyChannels channels) {
    this.connects = connects;
    this.channels = channels;
  }

  @Override
  protected Object onBegin(
      Object channel, Object socket, SocketAddress remote, SocketAddress local) {
    if (local != null || !(remote instanceof InetSocketAddress target) || target.isUnresolved()) {
      return null;
    }
    NettySocket racer = null;
    underWay.incrementAndGet();
    try {
      // The connect has been counted before it asks this, see ForeignConnects.isLeaving.
      racer = connects.isLeaving() ? null : begin(channel, socket, target);
      return racer;
    } finally {
      if (racer == null) {
        underWay.decrementAndGet();
      }
    }
  }

  private NettySocket begin(Object channel, Object socket, InetSocketAddress target) {
    NettyMethods methods = channels.methods(channel, socket);
    if (methods == null) {
      return null;
    }
    NettySocket racer;
    try {
      racer = new NettySocket(this, connects, channel, socket, methods);
      if (!racer.admit(connects, target)) {
        return null;
      }
    } catch (IOException closedMeanwhile) {
      // Netty's own connect will report that.
      return null;
    }
    try {
      CURRENT.set(racer);
    } catch (RuntimeException | Error unexpected) {
      racer.connect().left();
      throw unexpected;
    }
    return racer;
  }

  @Override
  protected void onEnd(Object call) {
    try {
      CURRENT.remove();
    } finally {
      try {
        ((NettySocket) call).left();
      } finally {
        underWay.decrementAndGet();
      }
    }
  }

  @Override
  protected boolean onConnect(Object socket) {
    NettySocket racer = CURRENT.get();
    if (racer == null || racer.socket() != socket || !racer.startOnce()) {
      return false;
    }
    boolean pending = false;
    try {
      add(racer);
      pending = racer.connect().start();
    } catch (IOException nothingBegun) {
      // The dial has failed at once, and there is no other address to wait for. Netty dials again,
      // and reports the failure in its own way.
      Faults.ignored(nothingBegun);
    } finally {
      if (!pending) {
        remove(racer);
      }
    }
    return pending;
  }

  @Override
  protected boolean onFinishConnect(Object socket, int number) throws IOException {
    NettySocket racer = racers.withSocket(socket, number);
    if (racer == null || racer.isAsking()) {
      return false;
    }
    boolean pending = false;
    IOException failure = null;
    try {
      pending = racer.connect().isPending();
      asked(racer, pending, true);
    } catch (IOException outcome) {
      failure = outcome;
      asked(racer, false, false);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
      failure = givenUp(racer, false);
    }
    if (failure != null) {
      throw StackTraceCleaner.cleanedIfPossible(failure);
    }
    return pending;
  }

  /**
   * Called when Netty has asked for the outcome. Never throws, because Netty must get the outcome
   * whatever fails here.
   */
  private void asked(NettySocket racer, boolean pending, boolean connected) {
    try {
      if (pending) {
        racer.hush();
        return;
      }
      try {
        if (connected) {
          racer.connected();
        }
      } finally {
        remove(racer);
      }
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }

  @Override
  protected boolean onEvent(Object channel) {
    NettySocket racer = racers.ofChannel(channel);
    return racer != null && !racer.isOver();
  }

  @Override
  protected void onControl(int epoll, int number, int events) {
    NettySocket racer = racers.withNumber(number);
    if (racer != null) {
      racer.registration.told(epoll, events);
    }
  }

  @Override
  protected void onControlLost() {
    untold.incrementAndGet();
  }

  @Override
  protected void onClosing(Object descriptor, int number) {
    NettySocket racer = racers.withSocket(descriptor, number);
    if (racer != null) {
      // The socket is removed first, so that the race does nothing to the number from now on.
      try {
        remove(racer);
      } finally {
        racer.connect().cancel();
      }
    }
  }

  @Override
  protected void onOption(int level, int number, boolean isInt) {
    ForeignConnects.optionSet(level, number, isInt);
  }

  @Override
  protected void onFailure(Throwable unexpected) {
    Faults.unexpected(unexpected);
  }

  @Override
  protected IOException onLost(Object descriptor, boolean closing) {
    NettySocket racer = racers.lose(descriptor);
    return racer == null ? null : givenUp(racer, closing);
  }

  /** Gives up a race after a failure of a hook; the race does nothing more to the descriptor. */
  private IOException givenUp(NettySocket racer, boolean closing) {
    try {
      racer.connect().cancel();
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
    IOException failure = closing ? null : racer.ownFailure();
    asked(racer, false, !closing && failure == null);
    return failure;
  }

  /** See {@link Registration#isKnown}. */
  AtomicInteger untold() {
    return untold;
  }

  Racers<NettySocket> racers() {
    return racers;
  }

  @Override
  public boolean isQuiet() {
    return underWay.get() == 0 && racers.isEmpty();
  }

  @Override
  public void leave() {
    HeNetty.install(null);
    setRacing(false);
    channels.forget();
  }

  private void add(NettySocket racer) {
    racers.add(racer);
    settle();
  }

  private void remove(NettySocket racer) {
    try {
      racer.over();
    } finally {
      try {
        racers.remove(racer);
      } finally {
        settle();
      }
    }
  }

  private synchronized void settle() {
    setRacing(racers.haveNumbers());
  }
}
