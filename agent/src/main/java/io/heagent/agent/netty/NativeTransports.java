package io.heagent.agent.netty;

import io.heagent.agent.config.Settings;
import io.heagent.agent.jdk.weaving.Originals;
import io.heagent.agent.log.Log;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides what is done about each native transport that a program loads: the agent weaves Netty's
 * epoll transport, or switches all native transports of Netty off in favour of its NIO transport,
 * or logs one line that its connects bypass the agent. The {@link NettyTransformer} owns the one
 * object of this class in a JVM. Any thread.
 */
final class NativeTransports {

  private static final String EPOLL = "channel/epoll/";

  /** The package of the io_uring transport for Netty 4.1, within Netty's own. */
  private static final String INCUBATOR = "incubator/";

  private final Settings.Native mode;

  /**
   * The copies by class loader and, within it, by their package. The map's own monitor guards it;
   * inside it only the lock of a bin of an inner map is taken.
   */
  private final Map<ClassLoader, Map<String, NettyCopy>> copies = new WeakHashMap<>();

  /** The lines that have been logged. Any thread adds to it. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** Installs the hooks of all copies. */
  private final NettyInstallation installation = new NettyInstallation(this);

  /**
   * The native transports of this JVM.
   *
   * @param mode what the agent does about them
   */
  NativeTransports(Settings.Native mode) {
    this.mode = mode;
  }

  /** Whether no channel is racing. */
  boolean isQuiet() {
    return installation.isQuiet();
  }

  /** Has woven code of Netty do nothing any more. */
  void leave() {
    installation.leave();
  }

  /** Gives the woven classes back without hooks; see {@link Originals#redefine}. */
  Map<String, Throwable> restore(Instrumentation instrumentation) {
    List<ClassDefinition> definitions = new ArrayList<>();
    Map<String, Throwable> lost = new HashMap<>();
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      String name = loaded.getName().replace('.', '/');
      int end = NettyTransformer.isWanted(name) ? name.lastIndexOf("channel/") : -1;
      NettyCopy copy = end < 0 ? null : existing(loaded.getClassLoader(), name.substring(0, end));
      if (copy != null) {
        try {
          copy.restore(loaded, definitions, lost);
        } catch (RuntimeException | Error ofLoader) {
          // The program's class loader, which is asked for the class file, may throw anything.
          lost.put(loaded.getName(), ofLoader);
        }
      }
    }
    if (!definitions.isEmpty()) {
      lost.putAll(Originals.redefine(instrumentation, definitions));
    }
    return lost;
  }

  /** Null if there is no such copy. */
  private NettyCopy existing(ClassLoader loader, String prefix) {
    synchronized (copies) {
      Map<String, NettyCopy> ofLoader = copies.get(loader);
      return ofLoader == null ? null : ofLoader.get(prefix);
    }
  }

  /**
   * Called when a class of such a package is loaded.
   *
   * @param again whether the class was loaded before, and is about to be redefined
   * @return the class file with the hooks; null if it stays as it is
   */
  byte[] found(ClassLoader loader, String name, boolean again, byte[] bytes) {
    int end = name.lastIndexOf("channel/");
    String prefix = end < 0 ? "" : name.substring(0, end);
    String simple = name.substring(name.lastIndexOf('/') + 1);
    if (mode == Settings.Native.JDK) {
      if (isSwitch(simple)) {
        switchOff(prefix);
      }
    } else if (NettyShape.isWoven(name, prefix)) {
      return copy(loader, prefix).weave(name, again, bytes, loader);
    }
    if (!again) {
      tell(name, prefix);
    }
    return null;
  }

  private NettyCopy copy(ClassLoader loader, String prefix) {
    synchronized (copies) {
      return copies
          .computeIfAbsent(loader, of -> new ConcurrentHashMap<>())
          .computeIfAbsent(prefix, of -> new NettyCopy(of, installation));
    }
  }

  /** The copy to which a channel's class belongs; null if there is none. */
  NettyCopy of(Class<?> channel) {
    String name = channel.getName().replace('.', '/');
    int end = name.lastIndexOf(EPOLL);
    return end < 0 ? null : existing(channel.getClassLoader(), name.substring(0, end));
  }

  /** Whether this class decides whether its native transport is used. */
  private static boolean isSwitch(String simple) {
    return simple.equals("Epoll") || simple.equals("KQueue") || simple.equalsIgnoreCase("IoUring");
  }

  /**
   * Sets Netty's own property. In a relocated copy its name is relocated too. The io_uring
   * transport for Netty 4.1 has a package of its own, but reads the property of the Netty that it
   * is in.
   */
  private void switchOff(String prefix) {
    String netty =
        prefix.endsWith(INCUBATOR)
            ? prefix.substring(0, prefix.length() - INCUBATOR.length())
            : prefix;
    String property = netty.replace('/', '.') + "transport.noNative";
    if (System.getProperty(property) == null) {
      System.setProperty(property, "true");
      say(property + "=true is set: this copy of Netty uses NIO (native=jdk)", false);
    }
  }

  private void tell(String name, String prefix) {
    String of = " of " + prefix.replace('/', '.') + "channel";
    if (name.endsWith("/IoUringSocketChannel") || name.endsWith("/IOUringSocketChannel")) {
      if (mode == Settings.Native.RACE) {
        say("io_uring" + of + " is not raced; native=jdk has Netty use NIO, which is", true);
      }
    } else if (name.endsWith("/KQueueSocketChannel")) {
      if (mode == Settings.Native.RACE) {
        say("kqueue" + of + " is not raced; native=jdk has Netty use NIO, which is", true);
      }
    } else if (name.endsWith("/awssdk/crt/CRT")) {
      say("the AWS CRT client is native code, and its connects are not raced", true);
    }
  }

  /**
   * Logs that some classes of a copy belong to another class loader, or were loaded before the
   * agent.
   */
  void tellIncomplete(Class<?> channel) {
    say(
        channel.getName()
            + " is not raced: not all classes of this copy of Netty were loaded by one class loader"
            + " while the agent was there (native=jdk has Netty use NIO)",
        true);
  }

  private void say(String line, boolean warning) {
    if (told.add(line)) {
      if (warning) {
        Log.warn(line);
      } else {
        Log.info(line);
      }
    }
  }

  /** Logs that the agent was attached to a program that had loaded this class already. */
  void tooLate(String name) {
    String path = name.replace('.', '/');
    if (path.endsWith(EPOLL + "AbstractEpollChannel")) {
      say(
          "Netty's epoll transport (" + name + ") was loaded before the agent and is not raced",
          true);
    } else if (NettyTransformer.isWanted(path)) {
      tell(path, path.substring(0, Math.max(0, path.lastIndexOf("channel/"))));
    }
  }
}
