package io.heagent.agent.jdk;

import io.heagent.agent.jdk.weaving.ClassShape;
import io.heagent.agent.jdk.weaving.Hook;
import io.heagent.agent.jdk.weaving.HookGroup;
import io.heagent.agent.jdk.weaving.JdkClassFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the bridge and the hooks rely on: each member with its type. It is checked against the class
 * files of the running JDK before any of it is linked. {@code HeJdk} lists the JDK versions that
 * were examined.
 */
final class Requirements {

  private static final String INET = "Ljava/net/InetAddress;";
  private static final String FD = "Ljava/io/FileDescriptor;";

  /**
   * The classes of the entries in the JDK's look-up cache: first the newer name, then that of JDK
   * 17.
   */
  private static final List<String> CACHED =
      List.of("java.net.InetAddress$CachedLookup", "java.net.InetAddress$CachedAddresses");

  private static final String POLLER = "sun.nio.ch.Poller";
  private static final String VIRTUAL_PARK = "poll(IIJLjava/util/function/BooleanSupplier;)V";

  private static final String VIRTUAL_MODE = "forcedNonBlocking:Z";

  /** The members that each group needs beside the methods that it weaves. */
  private static final Map<HookGroup, Map<String, List<String>>> NEEDED =
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
  private static final Map<String, List<String>> ADOPTION =
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
  private static final Map<String, List<String>> OPTIONS =
      Map.of(Hook.NET, List.of("getIntOption0(" + FD + "ZII)I", "setIntOption0(" + FD + "ZIIIZ)V"));

  /** The bridge finds this method by reflection, because few races need it. */
  private static final Map<String, List<String>> DISCONNECT =
      Map.of("sun.nio.ch.DatagramChannelImpl", List.of("disconnect0(" + FD + "Z)V"));

  /**
   * Without these members no channel of Netty is raced. They are checked when the first such
   * channel appears.
   */
  private static final Map<String, List<String>> NETTY =
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

  private final JdkClassFiles files;

  Requirements(JdkClassFiles files) {
    this.files = files;
  }

  /** The members that a group needs and the JDK lacks; empty if it lacks none. */
  List<String> missingFor(HookGroup group) {
    List<String> missing = missing(NEEDED.get(group));
    if (group == HookGroup.COMMON) {
      String cached = CACHED.get(files.shape(CACHED.get(0)) != null ? 0 : 1);
      check(cached, "inetAddresses:[" + INET, missing);
      check(cached, "expiryTime:J", missing);
    }
    for (Hook hook : Hook.ALL) {
      if (hook.group() == group && hook.isFor(files)) {
        check(hook.owner(), hook.member(), missing);
      }
    }
    return missing;
  }

  /** The members that adoption by dup2 needs and the JDK lacks; empty if it lacks none. */
  List<String> missingForAdoption() {
    List<String> missing = missing(ADOPTION);
    if (files.shape(POLLER) != null) {
      check(POLLER, VIRTUAL_PARK, missing);
      check(Hook.CHANNEL, VIRTUAL_MODE, missing);
    }
    return missing;
  }

  /**
   * The members that options by number and disconnect need and the JDK lacks; empty if it lacks
   * none.
   */
  List<String> missingByNumber() {
    List<String> missing = missing(OPTIONS);
    missing.addAll(missing(DISCONNECT));
    return missing;
  }

  /** The members that races of Netty's channels need and the JDK lacks; empty if it lacks none. */
  List<String> missingForNetty() {
    List<String> missing = missing(NETTY);
    missing.addAll(missing(ADOPTION));
    missing.addAll(missing(OPTIONS));
    return missing;
  }

  /** Whether options can be read and set by number. */
  boolean hasOptionsByNumber() {
    return missing(OPTIONS).isEmpty();
  }

  /**
   * The value of a compile-time constant that numbers a state; -1, which is no state, if the class
   * has no such constant.
   */
  int state(String owner, String name) {
    ClassShape shape = files.shape(owner);
    Integer value = shape == null ? null : shape.constant(name);
    return value == null ? -1 : value;
  }

  private List<String> missing(Map<String, List<String>> required) {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, List<String>> owner : required.entrySet()) {
      for (String member : owner.getValue()) {
        check(owner.getKey(), member, missing);
      }
    }
    return missing;
  }

  private void check(String owner, String member, List<String> missing) {
    ClassShape shape = files.shape(owner);
    if (shape == null || !shape.has(member)) {
      missing.add(owner + "." + member);
    }
  }
}
