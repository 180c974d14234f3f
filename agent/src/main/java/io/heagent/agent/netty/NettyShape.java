package io.heagent.agent.netty;

import io.heagent.agent.jdk.weaving.LibraryWeaver;
import io.heagent.agent.jdk.weaving.LibraryWeaver.Woven;
import io.heagent.agent.netty.channel.NettyMethods;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a copy of Netty's epoll transport must have: the methods into which hooks are woven, and the
 * members that the hooks and {@link NettyMethods} use. Netty 4.1.60 to 4.2.20 look the same to this
 * class. Immutable.
 */
final class NettyShape {

  private static final String CHANNEL = "channel.epoll.AbstractEpollChannel";
  private static final String UNSAFE = CHANNEL + "$AbstractEpollUnsafe";
  private static final String STREAM = "channel.epoll.AbstractEpollStreamChannel$EpollStreamUnsafe";
  private static final String NATIVE = "channel.epoll.Native";
  private static final String SOCKET = "channel.unix.Socket";
  private static final String DESCRIPTOR = "channel.unix.FileDescriptor";

  private static final String ADDRESS = "Ljava/net/SocketAddress;";

  /** The names of the classes, without the package name of the copy. */
  private static final List<Woven> METHODS =
      List.of(
          new Woven(CHANNEL, "doConnect(" + ADDRESS + ADDRESS + ")Z", "ConnectAdvice"),
          new Woven(UNSAFE, "epollRdHupReady()V", "EventAdvice"),
          new Woven(STREAM, "epollInReady()V", "EventAdvice"),
          new Woven(NATIVE, "epollCtlAdd(III)V", "ControlAdvice"),
          new Woven(NATIVE, "epollCtlMod(III)V", "ControlAdvice"),
          new Woven(SOCKET, "connect(" + ADDRESS + ")Z", "SocketConnectAdvice"),
          new Woven(SOCKET, "finishConnect()Z", "FinishConnectAdvice"),
          new Woven(DESCRIPTOR, "close()V", "CloseAdvice"));

  /**
   * Methods that some versions lack. In such a version the options that these methods set cannot be
   * set at all.
   */
  private static final List<Woven> OPTIONAL =
      List.of(
          new Woven(SOCKET, "setIntOpt(III)V", "IntOptionAdvice"),
          new Woven(SOCKET, "setRawOpt(IILjava/nio/ByteBuffer;)V", "RawOptionAdvice"));

  /** The classes into which hooks are woven, named as above. */
  static final Set<String> OWNERS = owners();

  private final String prefix;

  /**
   * The shape of one copy.
   *
   * @param prefix the part of its classes' names before {@code channel}, with slashes
   */
  NettyShape(String prefix) {
    this.prefix = prefix;
  }

  private static Set<String> owners() {
    Set<String> owners = new HashSet<>();
    for (Woven method : METHODS) {
      owners.add(method.owner());
    }
    return Set.copyOf(owners);
  }

  /** Whether hooks are woven into a class. */
  static boolean isWoven(String name, String prefix) {
    return OWNERS.contains(name.substring(prefix.length()).replace('/', '.'));
  }

  /** The package name of the copy, with a dot at its end. */
  String packageName() {
    return prefix.replace('/', '.');
  }

  /** The name of a class in {@link #OWNERS}, of one with slashes. */
  String owner(String name) {
    return name.substring(prefix.length()).replace('/', '.');
  }

  /** The whole name of a class in {@link #OWNERS}. */
  String full(String owner) {
    return packageName() + owner;
  }

  /** The same with slashes. */
  String path(String owner) {
    return prefix + owner.replace('.', '/');
  }

  /** The class without which a copy has no epoll transport, with slashes. */
  String channelPath() {
    return path(CHANNEL);
  }

  /** The hooks of a class in {@link #OWNERS}. */
  List<Woven> hooks(String owner, LibraryWeaver weaver) {
    String full = full(owner);
    List<Woven> methods = new ArrayList<>();
    for (Woven method : METHODS) {
      if (method.owner().equals(owner)) {
        methods.add(new Woven(full, method.method(), method.advice()));
      }
    }
    for (Woven method : OPTIONAL) {
      if (method.owner().equals(owner) && weaver.has(full, method.method())) {
        methods.add(new Woven(full, method.method(), method.advice()));
      }
    }
    return methods;
  }

  /** The first member that a copy must have and lacks; null for none. */
  String missing(LibraryWeaver copy) {
    for (Woven method : METHODS) {
      if (!copy.has(full(method.owner()), method.method())) {
        return full(method.owner()) + "." + method.method();
      }
    }
    String epoll = prefix + "channel/epoll/";
    String[][] members = {
      {CHANNEL, "socket:L" + epoll + "LinuxSocket;"},
      {CHANNEL, "local:Ljava/net/SocketAddress;"},
      {CHANNEL, "setFlag(I)V"},
      {CHANNEL, "clearFlag(I)V"},
      {UNSAFE, "this$0:L" + epoll + "AbstractEpollChannel;"},
      {STREAM, "this$0:L" + epoll + "AbstractEpollStreamChannel;"},
      {SOCKET, "ipv6:Z"},
      {DESCRIPTOR, "fd:I"}
    };
    for (String[] member : members) {
      if (!copy.has(full(member[0]), member[1])) {
        return full(member[0]) + "." + member[1];
      }
    }
    return null;
  }
}
