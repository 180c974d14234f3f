package io.heagent.agent.netty;

import io.heagent.agent.jdk.weaving.LibraryWeaver;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.Log;
import io.heagent.agent.netty.original.OriginalClasses;
import java.lang.instrument.ClassDefinition;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One copy of Netty's epoll transport, in one class loader and under one package name. When the
 * first of its classes is loaded, the agent checks the whole copy; then it weaves each class as it
 * is loaded. Channels of the copy are raced once all of its classes have been woven. {@link
 * NettyShape} says what is woven, and what a copy must have.
 *
 * <p>Lock: the monitor guards everything. Under it the agent reads class files through the
 * program's class loader, which is loading a class on this thread already.
 */
final class NettyCopy {

  private final NettyShape shape;
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

  /** Whether the class loader did not give the class file of Netty's epoll channel. */
  private boolean withoutChannel;

  /**
   * Makes a copy that has not been checked yet.
   *
   * @param prefix the part of its classes' names before {@code channel}, with slashes
   * @param installation of the hooks of all copies
   */
  NettyCopy(String prefix, NettyInstallation installation) {
    this.shape = new NettyShape(prefix);
    this.installation = installation;
  }

  /** Weaves a class file; null if it stays as it is. */
  synchronized byte[] weave(String name, boolean again, byte[] bytes, ClassLoader loader) {
    String owner = shape.owner(name);
    if (again && !woven.contains(owner)) {
      return null;
    }
    if (!looked) {
      looked = true;
      weaver = look(loader, name, bytes);
    }
    if (weaver == null) {
      if (withoutChannel && name.equals(shape.channelPath())) {
        // The class itself is here now, so it was its class loader that did not give the file.
        withoutChannel = false;
        without("class files to read (its class loader gives none)");
      }
      return null;
    }
    byte[] made = weaver.weave(shape.full(owner), shape.hooks(owner, weaver), bytes);
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
    return woven.containsAll(NettyShape.OWNERS);
  }

  /** Checks the copy; null if it is not as expected, or has no epoll transport. */
  private LibraryWeaver look(ClassLoader loader, String name, byte[] bytes) {
    String channel = shape.channelPath();
    if (!name.equals(channel) && read(loader, channel) == null) {
      // The copy has another native transport only, which uses the classes in channel.unix too;
      // nothing is logged, unless the class is loaded all the same.
      withoutChannel = true;
      return null;
    }
    Map<String, byte[]> classFiles = new HashMap<>();
    for (String owner : NettyShape.OWNERS) {
      String path = shape.path(owner);
      byte[] classFile = path.equals(name) ? bytes : read(loader, path);
      if (classFile == null) {
        return without(shape.full(owner));
      }
      classFiles.put(shape.full(owner), classFile);
    }
    LibraryWeaver made =
        new LibraryWeaver(
            new ClassFiles(classFiles, shape.packageName(), new WeakReference<>(loader)),
            NettyCopy.class.getPackageName() + ".advice");
    String missing = shape.missing(made);
    if (missing != null) {
      return without(missing);
    }
    return installation.isDone() ? made : null;
  }

  /** A class loader is the program's code: where it throws, it gives no class file. */
  private static byte[] read(ClassLoader loader, String path) {
    try {
      return OriginalClasses.read(loader, path);
    } catch (RuntimeException | LinkageError ofLoader) {
      Faults.ignored(ofLoader);
      return null;
    }
  }

  private LibraryWeaver without(String missing) {
    Log.warn(
        "the epoll transport of "
            + shape.full("channel")
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
      return other ? read(from, name.replace('.', '/')) : classFile;
    }
  }
}
