package io.heagent.agent;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.PermissionCollection;
import java.security.ProtectionDomain;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Loads the agent from the folder {@code io/heagent/agent/inst/} of its jar, where no other class
 * loader looks: the application can neither see nor shadow these classes. The parent is the
 * platform's loader, so that the application's classes are out of the agent's sight too.
 *
 * <p>The first race of a JVM waits for some hundred classes while this very code is interpreted
 * still. So it takes the shortest way to each: what is the agent's is not asked of the parents
 * first, which have nothing of it, and is read in one piece.
 */
final class AgentClassLoader extends ClassLoader implements Supplier<Object[]> {

  private static final String ROOT = "io/heagent/agent/inst/";
  private static final String OURS = "io.heagent.";

  /**
   * What only settings, Netty or rare connects, what only the command line, what only Byte Buddy
   * needs.
   */
  private static final String[] NESTED = {"rest.jar", "commands.jar", "weaving.jar"};

  private static final String BRIDGE = "sun.nio.ch.";

  static {
    registerAsParallelCapable();
  }

  /**
   * Each null until a class is wanted that is neither in the jar itself nor in one before it.
   * Guarded by the array's own monitor, under which only the jar is read.
   */
  private final NestedJar[] nested = new NestedJar[NESTED.length];

  /**
   * Never closed: classes are loaded from it for as long as the JVM runs. No JarFile: it looks for
   * signatures, which the JVM has done when it loaded this very jar.
   */
  private final ZipFile jar;

  /**
   * All permissions, for the JVMs that still have a security manager: whoever could make this
   * loader has them too. No code source: agents and tools that measure an application's classes
   * leave alone what comes from nowhere.
   */
  private final ProtectionDomain domain;

  /** What {@code Entry} is to be given; null where it is not loaded. */
  private final Object[] given;

  AgentClassLoader(File jar, Object... given) throws IOException {
    super(ClassLoader.getSystemClassLoader().getParent());
    this.given = given;
    AllPermission all = new AllPermission();
    PermissionCollection permissions = all.newPermissionCollection();
    permissions.add(all);
    this.domain = new ProtectionDomain((CodeSource) null, permissions);
    this.jar = new ZipFile(jar);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        loaded = findClass(name);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  /** For the agent's first class, which can name neither this class nor those that know it. */
  @Override
  public Object[] get() {
    return given;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    // The bridge is in the jar too, but is defined in java.base; a copy of it here would be another
    // class of the same name, whose fields nobody reads.
    byte[] bytes = name.startsWith(BRIDGE) ? null : bytes(name.replace('.', '/') + ".class");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    try {
      return defineClass(name, bytes, 0, bytes.length, domain);
    } catch (LinkageError e) {
      // A transformer of another agent has loaded this very class while it was asked about it, on
      // this thread, and so past the lock of the name: that one is it.
      Class<?> defined = findLoadedClass(name);
      if (defined == null) {
        throw e;
      }
      return defined;
    }
  }

  /** Class files of the agent, for Byte Buddy and the bridge. */
  @Override
  public InputStream getResourceAsStream(String name) {
    byte[] bytes = bytes(name);
    return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }

  /**
   * The same for other agents, which read the classes that they are asked about this way and load
   * them where they cannot. The URL carries what it stands for: no path needs to be parsed again.
   */
  @Override
  protected URL findResource(String name) {
    byte[] bytes = bytes(name);
    if (bytes == null) {
      return null;
    }
    try {
      return new URL("he-agent", null, -1, '/' + name, new InMemory(bytes));
    } catch (MalformedURLException e) {
      return null;
    }
  }

  private byte[] bytes(String name) {
    if (name.endsWith(".class")) {
      byte[] bytes = entry(ROOT + name + "data");
      for (int i = 0; bytes == null && i < NESTED.length && isOurs(name); i++) {
        bytes = nested(i).bytes(name);
      }
      return bytes;
    }
    return name.endsWith(".patches") ? entry(ROOT + name) : null;
  }

  private static boolean isOurs(String name) {
    return name.startsWith("io/heagent/")
        || name.startsWith("sun/nio/ch/He")
        || name.startsWith("java/nio/channels/He");
  }

  private NestedJar nested(int index) {
    synchronized (nested) {
      if (nested[index] == null) {
        nested[index] = new NestedJar(entry(ROOT + NESTED[index]));
      }
      return nested[index];
    }
  }

  private byte[] entry(String name) {
    ZipEntry entry = jar.getEntry(name);
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] bytes = new byte[(int) entry.getSize()];
      for (int read = 0; read < bytes.length; ) {
        int more = in.read(bytes, read, bytes.length - read);
        if (more < 0) {
          throw new EOFException();
        }
        read += more;
      }
      return bytes;
    } catch (IOException e) {
      return null;
    }
  }

  private static final class InMemory extends URLStreamHandler {

    private final byte[] bytes;

    InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {
          connected = true;
        }

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(bytes);
        }

        @Override
        public long getContentLengthLong() {
          return bytes.length;
        }
      };
    }
  }
}
