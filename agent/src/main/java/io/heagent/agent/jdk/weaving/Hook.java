package io.heagent.agent.jdk.weaving;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A method of the JDK into which an advice is woven.
 *
 * @param group the hooks that are of use only together with this one
 * @param owner the name of the class that has the method, with dots
 * @param method the method's name
 * @param descriptor the method's parameter and return types, in class-file form
 * @param advice the name of the advice class, as seen from the package {@code jdk.advice}. It is a
 *     name and no {@code Class}, so that the advice class is never loaded
 * @param optional whether a JDK may lack the class without any loss. Hooks of the group ANSWERS are
 *     alternatives: each JDK has the method in one of their forms
 */
public record Hook(
    HookGroup group,
    String owner,
    String method,
    String descriptor,
    String advice,
    boolean optional) {

  public static final String NET = "sun.nio.ch.Net";
  public static final String SOCKET = "sun.nio.ch.NioSocketImpl";
  public static final String CHANNEL = "sun.nio.ch.SocketChannelImpl";
  public static final String ASYNC = "sun.nio.ch.UnixAsynchronousSocketChannelImpl";

  static final String INET_ADDRESS = "java.net.InetAddress";

  private static final String ADDRESS = "Ljava/net/SocketAddress;";
  private static final String KEY = "Lsun/nio/ch/SelectionKeyImpl;";

  /**
   * All hooks. The methods have these names and types on JDK 17.0.15, 17.0.21 and 25.0.3, except as
   * a hook says.
   */
  public static final List<Hook> ALL =
      List.of(
          hook(
              HookGroup.COMMON,
              NET,
              "connect(Ljava/net/ProtocolFamily;Ljava/io/FileDescriptor;Ljava/net/InetAddress;I)I",
              "NetConnectAdvice"),
          hook(HookGroup.SOCKET, SOCKET, "connect(" + ADDRESS + "I)V", "SocketConnectAdvice"),
          hook(HookGroup.SOCKET, SOCKET, "bind(Ljava/net/InetAddress;I)V", "SocketBindAdvice"),
          hook(HookGroup.CHANNEL, CHANNEL, "connect(" + ADDRESS + ")Z", "ChannelConnectAdvice"),
          hook(
              HookGroup.CHANNEL,
              CHANNEL,
              "blockingConnect(" + ADDRESS + "J)V",
              "AdaptorConnectAdvice"),
          hook(
              HookGroup.CHANNEL,
              CHANNEL,
              "bind(" + ADDRESS + ")Ljava/nio/channels/SocketChannel;",
              "ChannelBindAdvice"),
          hook(
              HookGroup.SELECT,
              NET,
              "pollConnectNow(Ljava/io/FileDescriptor;)Z",
              "select.PollConnectAdvice"),
          hook(
              HookGroup.SELECT, CHANNEL, "translateReadyOps(II" + KEY + ")Z", "select.ReadyAdvice"),
          hook(HookGroup.SELECT, CHANNEL, "implCloseSelectableChannel()V", "select.CloseAdvice"),
          hook(
              HookGroup.SELECT,
              "sun.nio.ch.SelectionKeyImpl",
              "translateInterestOps()I",
              "select.InterestAdvice"),
          select("sun.nio.ch.EPollSelectorImpl"),
          select("sun.nio.ch.KQueueSelectorImpl"),
          select("sun.nio.ch.PollSelectorImpl"),
          wokenUp("sun.nio.ch.EPollSelectorImpl"),
          wokenUp("sun.nio.ch.KQueueSelectorImpl"),
          wokenUp("sun.nio.ch.PollSelectorImpl"),
          hook(
              HookGroup.ASYNC,
              ASYNC,
              "implConnect("
                  + ADDRESS
                  + "Ljava/lang/Object;Ljava/nio/channels/CompletionHandler;)"
                  + "Ljava/util/concurrent/Future;",
              "AsyncConnectAdvice"),
          new Hook(
              HookGroup.SELECT,
              "jdk.internal.net.http.ConnectionPool$CacheKey",
              "<init>",
              "(ZLjava/net/InetSocketAddress;Ljava/net/InetSocketAddress;)V",
              "PoolKeyAdvice",
              true),
          hook(
              HookGroup.ASYNC,
              "sun.nio.ch.AsynchronousSocketChannelImpl",
              "bind(" + ADDRESS + ")Ljava/nio/channels/AsynchronousSocketChannel;",
              "ChannelBindAdvice"),
          hook(HookGroup.ASYNC, ASYNC, "onEvent(IZ)V", "select.AsyncEventAdvice"),
          hook(HookGroup.ASYNC, ASYNC, "setConnected()V", "select.AsyncConnectedAdvice"),
          hook(HookGroup.ASYNC, ASYNC, "implClose()V", "select.CloseAdvice"),
          hook(
              HookGroup.OPTIONS,
              NET,
              "setSocketOption(Ljava/io/FileDescriptor;Ljava/net/ProtocolFamily;"
                  + "Ljava/net/SocketOption;Ljava/lang/Object;)V",
              "SetOptionAdvice"),
          answer("(Ljava/lang/String;)[Ljava/net/InetAddress;"),
          answer("(Ljava/lang/String;Ljava/net/InetAddress;)[Ljava/net/InetAddress;"),
          hook(
              HookGroup.RESOLVE,
              INET_ADDRESS,
              "getByName(Ljava/lang/String;)Ljava/net/InetAddress;",
              "GetByNameAdvice"));

  private static Hook hook(HookGroup group, String owner, String member, String advice) {
    int types = member.indexOf('(');
    return new Hook(
        group, owner, member.substring(0, types), member.substring(types), advice, false);
  }

  /** The select of one kind of selector. A JDK has only the selectors of its platform. */
  private static Hook select(String owner) {
    String types = "(Ljava/util/function/Consumer;J)I";
    return new Hook(HookGroup.SELECT, owner, "doSelect", types, "select.SelectAdvice", true);
  }

  /** The JDK's look-up. JDK 17 has a second parameter there, and JDK 25 has none. */
  private static Hook answer(String descriptor) {
    return new Hook(
        HookGroup.ANSWERS,
        INET_ADDRESS,
        "getAddressesFromNameService",
        descriptor,
        "LookedUpAdvice",
        true);
  }

  /** The place at which one kind of selector consumes a wake-up. */
  private static Hook wokenUp(String owner) {
    return new Hook(HookGroup.SELECT, owner, "clearInterrupt", "()V", "select.WokenUpAdvice", true);
  }

  /**
   * Whether this hook is to be woven into a JDK. An optional hook is not if the JDK lacks its
   * class. Of the alternatives of the group ANSWERS, the one is that the JDK has. If it has none of
   * them, the answer is yes for all, so that the caller reports the method as missing.
   */
  public boolean isFor(JdkClassFiles files) {
    ClassShape shape = files.shape(owner);
    if (shape == null) {
      return !optional;
    }
    if (group != HookGroup.ANSWERS || shape.has(member())) {
      return true;
    }
    for (Hook other : ALL) {
      if (other.group == group && shape.has(other.member())) {
        return false;
      }
    }
    return true;
  }

  /**
   * The hooks of some groups that are to be woven into a JDK, by the name of their class. Classes
   * and hooks are in the order of {@link #ALL}.
   */
  public static Map<String, List<Hook>> byOwner(JdkClassFiles files, Set<HookGroup> groups) {
    Map<String, List<Hook>> byOwner = new LinkedHashMap<>();
    for (Hook hook : ALL) {
      if (groups.contains(hook.group) && hook.isFor(files)) {
        List<Hook> hooks = byOwner.get(hook.owner);
        if (hooks == null) {
          hooks = new ArrayList<>();
          byOwner.put(hook.owner, hooks);
        }
        hooks.add(hook);
      }
    }
    return byOwner;
  }

  /** The method's name and types in one text, as {@link ClassShape#has} takes them. */
  public String member() {
    return method + descriptor;
  }
}
