package io.heagent.agent.jdk.weaving;

import java.util.List;
import java.util.Map;

/**
 * The members of the JDK's classes that the bridge and the hooks rely on, each with its type.
 * {@code Requirements} checks them against the class files of the running JDK before any of them is
 * linked. {@code HeJdk} lists the JDK versions that were examined.
 */
public final class RequiredMembers {

  private static final String INET = "Ljava/net/InetAddress;";
  private static final String FD = "Ljava/io/FileDescriptor;";

  /** The members that each group needs beside the methods that it weaves. */
  public static final Map<HookGroup, Map<String, List<String>>> NEEDED =
      Map.of(
          HookGroup.COMMON,
          Map.of(
              Hook.NET,
              List.of(
                  "pollConnect(" + FD + "J)Z",
                  "poll(" + FD + "IJ)I",
                  "localAddress(" + FD + ")Ljava/net/InetSocketAddress;",
                  "isIPv6Available()Z",
                  "bind(Ljava/net/ProtocolFamily;" + FD + INET + "I)V",
                  "shutdown(" + FD + "I)V",
                  "POLLOUT:S"),
              "sun.nio.ch.IOUtil",
              List.of("configureBlocking(" + FD + "Z)V", "fdVal(" + FD + ")I"),
              "jdk.internal.access.JavaNetInetAddressAccess",
              List.of("getOriginalHostName(" + INET + ")Ljava/lang/String;"),
              "java.net.InetAddress",
              List.of("cache:Ljava/util/concurrent/ConcurrentMap;")),
          HookGroup.SOCKET,
          Map.of(
              Hook.SOCKET,
              List.of(
                  "stateLock:Ljava/lang/Object;",
                  "state:I",
                  "nonBlocking:Z",
                  "ST_CONNECTING:I",
                  "ST_CLOSING:I"),
              "java.net.SocketImpl",
              List.of("fd:" + FD, "address:" + INET, "localport:I")),
          HookGroup.CHANNEL,
          Map.of(
              Hook.CHANNEL,
              List.of(
                  "stateLock:Ljava/lang/Object;",
                  "state:I",
                  "family:Ljava/net/ProtocolFamily;",
                  "remoteAddress:Ljava/net/SocketAddress;",
                  "ST_CONNECTIONPENDING:I",
                  "getFD()" + FD,
                  "localAddress()Ljava/net/SocketAddress;")),
          HookGroup.SELECT,
          Map.of(
              Hook.NET,
              List.of("POLLERR:S", "POLLHUP:S"),
              "sun.nio.ch.SelectionKeyImpl",
              List.of("registeredEvents(I)V", "nioReadyOps(I)V", "nioInterestOps()I"),
              "java.nio.channels.spi.AbstractSelectableChannel",
              List.of("keys:[Ljava/nio/channels/SelectionKey;", "keyLock:Ljava/lang/Object;"),
              "sun.nio.ch.SelectorImpl",
              List.of(
                  "setEventOps(Lsun/nio/ch/SelectionKeyImpl;)V",
                  "doSelect(Ljava/util/function/Consumer;J)I")),
          HookGroup.ASYNC,
          Map.of(
              "sun.nio.ch.AsynchronousSocketChannelImpl",
              List.of(
                  "fd:" + FD,
                  "stateLock:Ljava/lang/Object;",
                  "state:I",
                  "ST_PENDING:I",
                  "localAddress:Ljava/net/InetSocketAddress;",
                  "begin()V",
                  "end()V"),
              Hook.ASYNC,
              List.of(
                  "pendingRemote:Ljava/net/SocketAddress;",
                  "port:Lsun/nio/ch/Port;",
                  "updateLock:Ljava/lang/Object;",
                  "connectPending:Z"),
              "sun.nio.ch.Port",
              List.of("startPoll(II)V")),
          HookGroup.OPTIONS,
          Map.of(),
          HookGroup.ANSWERS,
          Map.of(),
          HookGroup.RESOLVE,
          Map.of());

  /**
   * Without these members no winner can be put under the program's descriptor, and races use
   * redial.
   */
  public static final Map<String, List<String>> ADOPTION =
      Map.of(
          "sun.nio.ch.DatagramDispatcher",
          List.of("dup(" + FD + FD + ")V"),
          "sun.nio.ch.PollSelectorImpl",
          List.of("poll(JII)I"),
          "sun.nio.ch.DefaultSelectorProvider",
          List.of("get()Lsun/nio/ch/SelectorProviderImpl;"),
          "sun.nio.ch.Util",
          List.of(
              "getTemporaryDirectBuffer(I)Ljava/nio/ByteBuffer;",
              "releaseTemporaryDirectBuffer(Ljava/nio/ByteBuffer;)V"));

  /** Without these members races run, but cannot read or set options by number. */
  public static final Map<String, List<String>> OPTIONS =
      Map.of(Hook.NET, List.of("getIntOption0(" + FD + "ZII)I", "setIntOption0(" + FD + "ZIIIZ)V"));

  /** The bridge finds this method by reflection, because few races need it. */
  public static final Map<String, List<String>> DISCONNECT =
      Map.of("sun.nio.ch.DatagramChannelImpl", List.of("disconnect0(" + FD + "Z)V"));

  /**
   * Without these members no channel of Netty is raced. They are checked when the first such
   * channel appears.
   */
  public static final Map<String, List<String>> NETTY =
      Map.of(
          "sun.nio.ch.EPoll",
          List.of("ctl(IIII)I", "EPOLL_CTL_ADD:I", "EPOLL_CTL_DEL:I", "EPOLL_CTL_MOD:I"),
          "sun.nio.ch.IOUtil",
          List.of("newFD(I)" + FD),
          Hook.NET,
          List.of(
              "UNSPEC:Ljava/net/ProtocolFamily;",
              "getSocketOption("
                  + FD
                  + "Ljava/net/ProtocolFamily;Ljava/net/SocketOption;)Ljava/lang/Object;"));

  private RequiredMembers() {}
}
