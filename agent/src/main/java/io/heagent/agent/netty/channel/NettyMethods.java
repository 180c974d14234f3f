package io.heagent.agent.netty.channel;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.concurrent.ExecutorService;
import sun.nio.ch.HeEpoll;

/**
 * The methods that a race calls in one copy of Netty. Most are public in every version; those that
 * set the channel's local address and the events that it waits for are not.
 */
public final class NettyMethods {

  private static final int EPOLLOUT = 4;

  private final Method eventLoop;
  private final Method isRegistered;
  private final Method number;
  private final Method connect;
  private final Method finishConnect;
  private final Method remoteAddress;
  private final Field ipv6;
  private final Field local;
  private final Method forgetLocal;
  private final Field signed;
  private final Method setFlag;
  private final Method clearFlag;
  private final Class<?> channel;

  public NettyMethods(Class<?> channel, Class<?> socket)
      throws NoSuchMethodException, NoSuchFieldException {
    this.channel = channel;
    eventLoop = HeEpoll.method(channel, "eventLoop");
    isRegistered = HeEpoll.method(channel, "isRegistered");
    number = HeEpoll.method(socket, "intValue");
    connect = HeEpoll.method(socket, "connect", SocketAddress.class);
    finishConnect = HeEpoll.method(socket, "finishConnect");
    remoteAddress = HeEpoll.method(socket, "remoteAddress");
    ipv6 = HeEpoll.declaredField(socket, "ipv6");
    local = HeEpoll.declaredField(channel, "local");
    forgetLocal = HeEpoll.declaredMethod(channel, "invalidateLocalAddress");
    signed = HeEpoll.declaredField(channel, "tcpMd5SigAddresses");
    setFlag = HeEpoll.declaredMethod(channel, "setFlag", int.class);
    clearFlag = HeEpoll.declaredMethod(channel, "clearFlag", int.class);
  }

  /** Has Netty register the channel's events again. Called on its event loop, while it connects. */
  public void registerAgain(Object channel) throws IOException {
    try {
      call(clearFlag, channel, EPOLLOUT);
    } finally {
      // Netty has noted already that it no longer waits for the event.
      call(setFlag, channel, EPOLLOUT);
    }
  }

  /**
   * Registers a descriptor with an epoll descriptor by Netty's own native code. Looked up only when
   * it is needed: nothing but a failure does, and the look-up loads classes. Any thread.
   */
  public void add(int epoll, int number, int events) throws IOException {
    Method add;
    try {
      Class<?> natives =
          Class.forName(channel.getPackageName() + ".Native", false, channel.getClassLoader());
      add = HeEpoll.method(natives, "epollCtlAdd", int.class, int.class, int.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    call(add, null, epoll, number, events);
  }

  /**
   * Whether the channel has keys for TCP_MD5SIG, each of which is for one peer. The system does not
   * allow a process to read them back.
   */
  public boolean isSigned(Object channel) {
    try {
      return !((Collection<?>) signed.get(channel)).isEmpty();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a socket can reach IPv6 addresses, which Netty has asked the system at its opening. */
  public boolean isIpv6(Object of) {
    try {
      return ipv6.getBoolean(of);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Whether Netty has a local address of the channel: it has bound the channel or connected it
   * before.
   */
  public boolean hasLocal(Object channel) {
    try {
      return local.get(channel) != null;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sets the local address that Netty had asked the system for when the connect began. */
  public void setLocal(Object channel, SocketAddress address) throws IOException {
    try {
      local.set(channel, address);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
    call(forgetLocal, channel);
  }

  /**
   * Whether the channel is registered with its event loop. The answer is exact on the event loop's
   * thread.
   */
  public boolean isRegistered(Object channel) {
    try {
      return (boolean) call(isRegistered, channel);
    } catch (IOException undeclared) {
      throw new IllegalStateException(undeclared);
    }
  }

  public ExecutorService eventLoop(Object of) {
    try {
      return (ExecutorService) call(eventLoop, of);
    } catch (IOException undeclared) {
      throw new IllegalStateException(undeclared);
    }
  }

  /** Whether this thread is that of the channel's event loop. Looked up only after a failure. */
  public boolean isInEventLoop(Object of) {
    ExecutorService loop = eventLoop(of);
    try {
      return (boolean) call(HeEpoll.method(loop.getClass(), "inEventLoop"), loop);
    } catch (IOException | NoSuchMethodException unlikely) {
      throw new IllegalStateException(unlikely);
    }
  }

  public int number(Object of) throws IOException {
    return (int) call(number, of);
  }

  public boolean connect(Object of, SocketAddress remote) throws IOException {
    return (boolean) call(connect, of, remote);
  }

  boolean finishConnect(Object of) throws IOException {
    return (boolean) call(finishConnect, of);
  }

  /** Whether a socket has a peer, as the system tells. */
  public boolean isConnected(Object of) throws IOException {
    return call(remoteAddress, of) != null;
  }

  private static Object call(Method method, Object of, Object... arguments) throws IOException {
    try {
      return method.invoke(of, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException outcome) {
        throw outcome;
      } else if (e.getCause() instanceof RuntimeException wrong) {
        throw wrong;
      } else if (e.getCause() instanceof Error wrong) {
        throw wrong;
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
