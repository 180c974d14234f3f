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
 * What woven Netty code reaches. The sockets that race are known by their numbers, each of which is
 * its socket's until {@link #onClosing} has returned, and by their channels.
 *
 * <p>Lock: this object's monitor guards whether any is racing, as {@code HeNetty} is told; nothing
 * is taken inside it.
 */
final class NettyHook extends HeNetty {

  /** The channel that connects on this thread, from begin to end of {@code doConnect}. */
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
      // Netty's own connect will say so.
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
      // What was dialled has failed at once, and there is nobody to wait for: Netty dials again and
      // says so in its own way.
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
      // First: from now on nobody does anything to the number.
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

  /** By identity: of Netty's descriptors those with one number are equal. */
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
