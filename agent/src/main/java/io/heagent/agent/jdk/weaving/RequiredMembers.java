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
  private static final String OBJECT = "Ljava/lang/Object;";
  private static final String FD = "Ljava/io/FileDescriptor;";

  /**
   * Defines the bridge's classes, and reads and writes the fields of the JDK's objects, without
   * reflection.
   */
  private static final List<String> UNSAFE =
      List.of(
          "getUnsafe()Ljdk/internal/misc/Unsafe;",
          "defineClass(Ljava/lang/String;[BIILjava/lang/ClassLoader;"
              + "Ljava/security/ProtectionDomain;)Ljava/lang/Class;",
          "allocateInstance(Ljava/lang/Class;)" + OBJECT,
          "storeFence()V",
          "objectFieldOffset(Ljava/lang/Class;Ljava/lang/String;)J",
          "staticFieldBase(Ljava/lang/reflect/Field;)" + OBJECT,
          "staticFieldOffset(Ljava/lang/reflect/Field;)J",
          "getBoolean(" + OBJECT + "J)Z",
          "getBooleanVolatile(" + OBJECT + "J)Z",
          "getInt(" + OBJECT + "J)I",
          "getIntVolatile(" + OBJECT + "J)I",
          "getLongVolatile(" + OBJECT + "J)J",
          "getReference(" + OBJECT + "J)" + OBJECT,
          "getReferenceVolatile(" + OBJECT + "J)" + OBJECT,
          "putReference(" + OBJECT + "J" + OBJECT + ")V");

  private static final String SHARED_SECRETS = "jdk.internal.access.SharedSecrets";
  private static final String LANG = "jdk.internal.access.JavaLangAccess";
  private static final String NET_ACCESS = "jdk.internal.access.JavaNetInetAddressAccess";

  /** Gives what defines the classes that call private native methods. */
  private static final List<String> OF_SECRETS = List.of("getJavaLangAccess()" + type(LANG));

  private static final List<String> OF_LANG =
      List.of(
          "defineClass(Ljava/lang/ClassLoader;Ljava/lang/Class;Ljava/lang/String;[B"
              + "Ljava/security/ProtectionDomain;ZI"
              + OBJECT
              + ")Ljava/lang/Class;");

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
              SHARED_SECRETS,
              List.of("getJavaNetInetAddressAccess()" + type(NET_ACCESS)),
              NET_ACCESS,
              List.of("getOriginalHostName(" + INET + ")Ljava/lang/String;"),
              "java.net.InetAddress",
              List.of("cache:Ljava/util/concurrent/ConcurrentMap;"),
              "jdk.internal.misc.Unsafe",
              UNSAFE),
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
              "releaseTemporaryDirectBuffer(Ljava/nio/ByteBuffer;)V"),
          SHARED_SECRETS,
          OF_SECRETS,
          LANG,
          OF_LANG);

  /** Without these members races run, but cannot read or set options by number. */
  public static final Map<String, List<String>> OPTIONS =
      Map.of(
          Hook.NET,
          List.of("getIntOption0(" + FD + "ZII)I", "setIntOption0(" + FD + "ZIIIZ)V"),
          SHARED_SECRETS,
          OF_SECRETS,
          LANG,
          OF_LANG);

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

  private static String type(String className) {
    return "L" + className.replace('.', '/') + ";";
  }
}
