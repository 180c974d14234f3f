package io.heagent.agent.netty;

import io.heagent.agent.jdk.weaving.LibraryWeaver;
import io.heagent.agent.jdk.weaving.LibraryWeaver.Woven;
import io.heagent.agent.log.Log;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One copy of Netty's epoll transport: one class loader's, under one name. It is looked at as a
 * whole when the first of its classes is loaded, and woven class by class; its channels are raced
 * once all of them have been. Seen alike from 4.1.60 to 4.2.20.
 *
 * <p>Lock: its own monitor, under which class files are read through the program's class loader,
 * which is at work on this thread already.
 */
final class NettyCopy {

  private static final String CHANNEL = "channel.epoll.AbstractEpollChannel";
  private static final String UNSAFE = CHANNEL + "$AbstractEpollUnsafe";
  private static final String STREAM = "channel.epoll.AbstractEpollStreamChannel$EpollStreamUnsafe";
  private static final String NATIVE = "channel.epoll.Native";
  private static final String SOCKET = "channel.unix.Socket";
  private static final String DESCRIPTOR = "channel.unix.FileDescriptor";

  private static final String ADDRESS = "Ljava/net/SocketAddress;";

  /** Names of classes without that of the copy. */
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

  /** Not in every version: the options that these set cannot be set where they are missing. */
  private static final List<Woven> OPTIONAL =
      List.of(
          new Woven(SOCKET, "setIntOpt(III)V", "IntOptionAdvice"),
          new Woven(SOCKET, "setRawOpt(IILjava/nio/ByteBuffer;)V", "RawOptionAdvice"));

  private static final Set<String> OWNERS = owners();

  private final String prefix;

  /** Classes that have been woven, by their names here. Guarded by the monitor, as is the rest. */
  private final Set<String> woven = new HashSet<>();

  private LibraryWeaver weaver;
  private boolean looked;

  /**
   * Looks at nothing yet.
   *
   * @param prefix the part of its classes' names before {@code channel}, with slashes
   */
  NettyCopy(String prefix) {
    this.prefix = prefix;
  }

  private static Set<String> owners() {
    Set<String> owners = new HashSet<>();
    for (Woven method : METHODS) {
      owners.add(method.owner());
    }
    return Set.copyOf(owners);
  }

  /** Whether hooks belong into a class. */
  static boolean isWoven(String name, String prefix) {
    return OWNERS.contains(name.substring(prefix.length()).replace('/', '.'));
  }

  /** The class file with the hooks; null where it stays as it is. */
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
    woven.add(owner);
    if (isComplete()) {
      // Not needed again, unless another agent redefines one of them.
      weaver = null;
      looked = false;
    }
    return made;
  }

  /** Whether it was looked at and not found fit. */
  synchronized boolean isUnlike() {
    return looked && weaver == null;
  }

  /** Whether every class of it has been woven. */
  synchronized boolean isComplete() {
    return woven.containsAll(OWNERS);
  }

  private String full(String owner) {
    return prefix.replace('/', '.') + owner;
  }

  private String path(String owner) {
    return prefix + owner.replace('.', '/');
  }

  /** Null where it is not as expected, or has no epoll transport at all. */
  private LibraryWeaver look(ClassLoader loader, String name, byte[] bytes) {
    if (!name.equals(path(CHANNEL)) && read(loader, path(CHANNEL)) == null) {
      // Its other native transports use the classes in channel.unix too: nothing is to be said.
      return null;
    }
    Map<String, byte[]> classFiles = new HashMap<>();
    for (String owner : OWNERS) {
      String path = path(owner);
      byte[] classFile = path.equals(name) ? bytes : read(loader, path);
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
    return NettyInstallation.isDone() ? made : null;
  }

  /** Of those that hooks and {@link NettyMethods} use. */
  private String missingMember(LibraryWeaver made) {
    String epoll = prefix + "channel/epoll/";
    String[][] members = {
      {CHANNEL, "socket:L" + epoll + "LinuxSocket;"},
      {CHANNEL, "local:Ljava/net/SocketAddress;"},
      {CHANNEL, "setFlag(I)V"},
      {CHANNEL, "clearFlag(I)V"},
      {UNSAFE, "this$0:L" + epoll + "AbstractEpollChannel;"},
      {STREAM, "this$0:L" + epoll + "AbstractEpollStreamChannel;"},
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

  /** Those looked at, and as they are asked for, those that they extend. */
  private record ClassFiles(
      Map<String, byte[]> known, String prefix, WeakReference<ClassLoader> loader)
      implements Function<String, byte[]> {
    @Override
    public byte[] apply(String name) {
      byte[] classFile = known.get(name);
      ClassLoader from = loader.get();
      boolean other = classFile == null && from != null && name.startsWith(prefix);
      return other ? read(from, name.replace('.', '/')) : classFile;
    }
  }

  private static byte[] read(ClassLoader loader, String path) {
    try (InputStream in = loader.getResourceAsStream(path + ".class")) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      return null;
    }
  }
}
