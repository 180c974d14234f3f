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
 * What a race calls of one copy of Netty: methods that are public in every version, and some that
 * are not: for the channel's own idea of its local address, and for the events that it waits for.
 */
final class NettyMethods {

  private static final int EPOLLOUT = 4;

  private final Method eventLoop;
  private final Method isRegistered;
  private final Method number;
  private final Method connect;
  private final Method finishConnect;
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
    local = HeEpoll.declaredField(channel, "local");
    forgetLocal = HeEpoll.declaredMethod(channel, "invalidateLocalAddress");
    signed = HeEpoll.declaredField(channel, "tcpMd5SigAddresses");
    setFlag = HeEpoll.declaredMethod(channel, "setFlag", int.class);
    clearFlag = HeEpoll.declaredMethod(channel, "clearFlag", int.class);
  }

  /** Has Netty register the channel's events once more. On its event loop, while it connects. */
  void registerAgain(Object channel) throws IOException {
    call(clearFlag, channel, EPOLLOUT);
    call(setFlag, channel, EPOLLOUT);
  }

  /** Whether it has keys for TCP_MD5SIG, each for one peer; the system does not give them back. */
  boolean isSigned(Object channel) {
    try {
      return !((Collection<?>) signed.get(channel)).isEmpty();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Netty has asked the system for it as the connect began. */
  void setLocal(Object channel, SocketAddress address) throws IOException {
    try {
      local.set(channel, address);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
    call(forgetLocal, channel);
  }

  /** Whether the channel is in its event loop: exact on the event loop's thread. */
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
