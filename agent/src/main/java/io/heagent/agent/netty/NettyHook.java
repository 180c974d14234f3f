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

/**
 * The methods that woven code of Netty calls. It finds a racing socket by its number, which stays
 * that socket's until {@link #onClosing} has returned, and by its channel.
 *
 * <p>Lock: this object's monitor guards whether any channel is racing, which {@code HeNetty} is
 * told; no other lock is taken inside it.
 */
final class NettyHook extends HeNetty {

  /** The channel that connects on this thread, from the begin to the end of {@code doConnect}. */
  private static final ThreadLocal<NettySocket> CURRENT = new ThreadLocal<>();

  private final ForeignConnects connects;
  private final NettyChannels channels;
  private final Map<Integer, NettySocket> byNumber = new ConcurrentHashMap<>();
  private final Map<Object, NettySocket> byChannel = new ConcurrentHashMap<>();

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
    NettyMethods methods = channels.methods(channel, socket);
    if (methods == null) {
      return null;
    }
    NettySocket racer;
    try {
      racer = new NettySocket(connects, channel, socket, methods);
      racer.connect = racer.isFit() ? connects.begin(racer, target) : null;
    } catch (IOException closedMeanwhile) {
      // Netty's own connect will report that.
      return null;
    }
    if (racer.connect == null) {
      return null;
    }
    CURRENT.set(racer);
    return racer;
  }

  @Override
  protected void onEnd(Object call) {
    CURRENT.remove();
    ((NettySocket) call).left();
  }

  @Override
  protected boolean onConnect(Object socket) {
    NettySocket racer = CURRENT.get();
    if (racer == null || racer.socket != socket || racer.started) {
      return false;
    }
    racer.started = true;
    add(racer);
    boolean pending = false;
    try {
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
    try {
      pending = racer.connect.isPending();
      if (!pending) {
        racer.connected();
      }
    } catch (IOException outcome) {
      throw StackTraceCleaner.cleaned(outcome);
    } finally {
      if (pending) {
        racer.hush();
      } else {
        remove(racer);
      }
    }
    return pending;
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
      remove(racer);
      racer.connect.cancel();
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
    racer.over();
    byNumber.remove(racer.number, racer);
    byChannel.remove(racer.channel, racer);
    settle();
  }

  private synchronized void settle() {
    setRacing(!byNumber.isEmpty());
  }
}
