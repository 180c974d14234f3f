package io.heagent.agent.netty;

import io.heagent.agent.jdk.weaving.LibraryWeaver;
import io.heagent.agent.jdk.weaving.LibraryWeaver.Woven;
import io.heagent.agent.log.Log;
import io.heagent.agent.netty.channel.NettyMethods;
import io.heagent.agent.netty.original.OriginalClasses;
import java.lang.instrument.ClassDefinition;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One copy of Netty's epoll transport, in one class loader and under one package name. When the
 * first of its classes is loaded, the agent checks the whole copy; then it weaves each class as it
 * is loaded. Channels of the copy are raced once all of its classes have been woven. Netty 4.1.60
 * to 4.2.20 look the same to this class.
 *
 * <p>Lock: the monitor guards everything. Under it the agent reads class files through the
 * program's class loader, which is loading a class on this thread already.
 */
final class NettyCopy {

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

  private static final Set<String> OWNERS = owners();

  private final String prefix;
  private final NettyInstallation installation;

  /**
   * The classes that have been woven, by their names in this file. Guarded by the monitor, as is
   * the rest.
   */
  private final Set<String> woven = new HashSet<>();

  /** What these classes were before. */
  private final OriginalClasses originals = new OriginalClasses();

  private LibraryWeaver weaver;
  private boolean looked;

  /**
   * Makes a copy that has not been checked yet.
   *
   * @param prefix the part of its classes' names before {@code channel}, with slashes
   * @param installation of the hooks of all copies
   */
  NettyCopy(String prefix, NettyInstallation installation) {
    this.prefix = prefix;
    this.installation = installation;
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

  /** Weaves a class file; null if it stays as it is. */
  synchronized byte[] weave(String name, boolean again, byte[] bytes, ClassLoader loader) {
    String owner = name.substring(prefix.length()).replace('/', '.');
    if (again && !woven.contains(owner)) {
      return null;
    }
    if (!looked) {
      looked = true;
      weaver = look(loader, name, bytes);
    }
    if (weaver == null) {
      return null;
    }
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
    byte[] made = weaver.weave(full, methods, bytes);
    originals.keep(loader, name, bytes);
    woven.add(owner);
    if (isComplete()) {
      // The weaver is not needed again, unless another agent redefines one of the classes.
      weaver = null;
      looked = false;
    }
    return made;
  }

  /**
   * See {@link OriginalClasses#restore}. Without the monitor: a thread that loads a class holds its
   * loader's lock when it weaves, and here the loader is asked.
   */
  void restore(Class<?> loaded, List<ClassDefinition> definitions, Map<String, Throwable> lost) {
    originals.restore(loaded, definitions, lost);
  }

  /** Whether the copy was checked and is not as expected. */
  synchronized boolean isUnlike() {
    return looked && weaver == null;
  }

  /** Whether all classes of the copy have been woven. */
  synchronized boolean isComplete() {
    return woven.containsAll(OWNERS);
  }

  private String full(String owner) {
    return prefix.replace('/', '.') + owner;
  }

  private String path(String owner) {
    return prefix + owner.replace('.', '/');
  }

  /** Checks the copy; null if it is not as expected, or has no epoll transport. */
  private LibraryWeaver look(ClassLoader loader, String name, byte[] bytes) {
    if (!name.equals(path(CHANNEL)) && OriginalClasses.read(loader, path(CHANNEL)) == null) {
      // The copy has another native transport only, which uses the classes in channel.unix too;
      // nothing is logged.
      return null;
    }
    Map<String, byte[]> classFiles = new HashMap<>();
    for (String owner : OWNERS) {
      String path = path(owner);
      byte[] classFile = path.equals(name) ? bytes : OriginalClasses.read(loader, path);
      if (classFile == null) {
        return without(full(owner));
      }
      classFiles.put(full(owner), classFile);
    }
    LibraryWeaver made =
        new LibraryWeaver(
            new ClassFiles(classFiles, prefix.replace('/', '.'), new WeakReference<>(loader)),
            NettyCopy.class.getPackageName() + ".advice");
    for (Woven method : METHODS) {
      if (!made.has(full(method.owner()), method.method())) {
        return without(full(method.owner()) + "." + method.method());
      }
    }
    String missing = missingMember(made);
    if (missing != null) {
      return without(missing);
    }
    return installation.isDone() ? made : null;
  }

  /**
   * The first member that the hooks or {@link NettyMethods} need and the copy lacks; null for none.
   */
  private String missingMember(LibraryWeaver made) {
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
      if (!made.has(full(member[0]), member[1])) {
        return full(member[0]) + "." + member[1];
      }
    }
    return null;
  }

  private LibraryWeaver without(String missing) {
    Log.warn(
        "the epoll transport of "
            + full("channel")
            + " is not as expected, it has no "
            + missing
            + "; its connects are not raced (native=jdk has Netty use NIO)");
    return null;
  }

  /** The class files that were checked, and on demand those of their superclasses. */
  private record ClassFiles(
      Map<String, byte[]> known, String prefix, WeakReference<ClassLoader> loader)
      implements Function<String, byte[]> {
    @Override
    public byte[] apply(String name) {
      byte[] classFile = known.get(name);
      ClassLoader from = loader.get();
      boolean other = classFile == null && from != null && name.startsWith(prefix);
      return other ? OriginalClasses.read(from, name.replace('.', '/')) : classFile;
    }
  }
}
