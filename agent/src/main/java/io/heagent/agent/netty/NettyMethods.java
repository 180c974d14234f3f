package io.heagent.agent.netty;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import sun.nio.ch.HeEpoll;

/**
 * What a race calls of one copy of Netty: methods that are public in every version, and for the
 * channel's own idea of its local address a field and a method that are not.
 */
final class NettyMethods {

  private final Method eventLoop;
  private final Method number;
  private final Method connect;
  private final Method finishConnect;
  private final Field local;
  private final Method forgetLocal;

  NettyMethods(Class<?> channel, Class<?> socket)
      throws NoSuchMethodException, NoSuchFieldException {
    eventLoop = HeEpoll.method(channel, "eventLoop");
    number = HeEpoll.method(socket, "intValue");
    connect = HeEpoll.method(socket, "connect", SocketAddress.class);
    finishConnect = HeEpoll.method(socket, "finishConnect");
    local = HeEpoll.declaredField(channel, "local");
    forgetLocal = HeEpoll.declaredMethod(channel, "invalidateLocalAddress");
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

  Executor eventLoop(Object of) {
    try {
      return (Executor) call(eventLoop, of);
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
