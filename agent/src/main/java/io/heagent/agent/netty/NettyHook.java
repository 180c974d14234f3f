package io.heagent.agent.netty;

import io.heagent.agent.connect.ForeignConnects;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.StackTraceCleaner;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.HeNetty;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Map<Integer, NettySocket> byNumber = new ConcurrentHashMap<>();
  private final Map<Object, NettySocket> byChannel = new ConcurrentHashMap<>();

  /** Whether some channel may have been closed without its race having been cancelled. */
  private volatile boolean lost;

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
      // Asked once this connect counts, see ForeignConnects.isLeaving.
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
      racer.connect = racer.isFit() ? connects.begin(racer, target) : null;
    } catch (IOException closedMeanwhile) {
      // Netty's own connect will report that.
      return null;
    }
    if (racer.connect == null) {
      return null;
    }
    try {
      CURRENT.set(racer);
    } catch (RuntimeException | Error unexpected) {
      racer.connect.left();
      throw unexpected;
    }
    return racer;
  }

  @Override
  protected void onEnd(Object call) {
    CURRENT.remove();
    try {
      ((NettySocket) call).left();
    } finally {
      underWay.decrementAndGet();
    }
  }

  @Override
  protected boolean onConnect(Object socket) {
    NettySocket racer = CURRENT.get();
    if (racer == null || racer.socket != socket || racer.started) {
      return false;
    }
    racer.started = true;
    boolean pending = false;
    try {
      add(racer);
      pending = racer.connect.start();
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
    NettySocket racer = racer(socket, number);
    if (racer == null || racer.isAsking()) {
      return false;
    }
    boolean pending = false;
    IOException failure = null;
    try {
      pending = racer.connect.isPending();
    } catch (IOException outcome) {
      failure = outcome;
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
      racer.connect.cancel();
      failure = racer.ownFailure();
    }
    asked(racer, pending, failure == null);
    if (failure != null) {
      throw StackTraceCleaner.cleanedIfPossible(failure);
    }
    return pending;
  }

  /** Never throws, because Netty gets the outcome whatever becomes of the books. */
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
    return byChannel.containsKey(channel);
  }

  @Override
  protected void onControl(int epoll, int number, int events) {
    NettySocket racer = byNumber.get(number);
    if (racer != null) {
      racer.registration.told(epoll, events);
    }
  }

  @Override
  protected void onClosing(Object descriptor, int number) {
    NettySocket racer = racer(descriptor, number);
    if (racer != null) {
      // The socket is removed first, so that the race does nothing to the number from now on.
      try {
        remove(racer);
      } finally {
        racer.connect.cancel();
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

  /**
   * Called if {@link #onFinishConnect} or {@link #onClosing} has failed, maybe before it had found
   * the race. No winner is handed over until this has found it: another descriptor may have the
   * number by then.
   */
  @Override
  protected IOException onLost(Object descriptor, boolean closing) throws IOException {
    lost = true;
    NettySocket found = null;
    for (NettySocket racer : byChannel.values()) {
      found = racer.socket == descriptor ? racer : found;
    }
    IOException failure = null;
    if (found != null) {
      found.over();
      found.connect.cancel();
      failure = closing ? null : found.ownFailure();
      asked(found, false, !closing && failure == null);
    }
    lost = false;
    return failure;
  }

  /** See {@link #onLost}. */
  boolean isAnyLost() {
    return lost;
  }

  @Override
  public boolean isQuiet() {
    return underWay.get() == 0 && byNumber.isEmpty() && byChannel.isEmpty();
  }

  @Override
  public void leave() {
    HeNetty.install(null);
    setRacing(false);
    channels.forget();
  }

  /** Compares by identity, because Netty's descriptors with the same number are equal. */
  private NettySocket racer(Object socket, int number) {
    NettySocket racer = byNumber.get(number);
    return racer != null && racer.socket == socket ? racer : null;
  }

  private void add(NettySocket racer) {
    byNumber.put(racer.number, racer);
    byChannel.put(racer.channel, racer);
    settle();
  }

  private void remove(NettySocket racer) {
    try {
      racer.over();
    } finally {
      forget(racer);
    }
  }

  private void forget(NettySocket racer) {
    byNumber.remove(racer.number, racer);
    byChannel.remove(racer.channel, racer);
    settle();
  }

  private synchronized void settle() {
    setRacing(!byNumber.isEmpty());
  }
}
