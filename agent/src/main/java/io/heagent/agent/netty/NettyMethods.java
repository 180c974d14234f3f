package io.heagent.agent.netty;

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
final class NettyMethods {

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

  NettyMethods(Class<?> channel, Class<?> socket)
      throws NoSuchMethodException, NoSuchFieldException {
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
  void registerAgain(Object channel) throws IOException {
    call(clearFlag, channel, EPOLLOUT);
    call(setFlag, channel, EPOLLOUT);
  }

  /**
   * Whether the channel has keys for TCP_MD5SIG, each of which is for one peer. The system does not
   * allow a process to read them back.
   */
  boolean isSigned(Object channel) {
    try {
      return !((Collection<?>) signed.get(channel)).isEmpty();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a socket can reach IPv6 addresses, which Netty has asked the system at its opening. */
  boolean isIpv6(Object of) {
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
  boolean hasLocal(Object channel) {
    try {
      return local.get(channel) != null;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sets the local address that Netty had asked the system for when the connect began. */
  void setLocal(Object channel, SocketAddress address) throws IOException {
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
  boolean isRegistered(Object channel) {
    try {
      return (boolean) call(isRegistered, channel);
    } catch (IOException undeclared) {
      throw new IllegalStateException(undeclared);
    }
  }

  ExecutorService eventLoop(Object of) {
    try {
      return (ExecutorService) call(eventLoop, of);
    } catch (IOException undeclared) {
      throw new IllegalStateException(undeclared);
    }
  }

  int number(Object of) throws IOException {
    return (int) call(number, of);
  }

  boolean connect(Object of, SocketAddress remote) throws IOException {
    return (boolean) call(connect, of, remote);
  }

  boolean finishConnect(Object of) throws IOException {
    return (boolean) call(finishConnect, of);
  }

  /** Whether a socket has a peer, as the system tells. */
  boolean isConnected(Object of) throws IOException {
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
