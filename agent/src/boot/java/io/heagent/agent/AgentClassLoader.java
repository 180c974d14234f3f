package io.heagent.agent;

import java.io.ByteArrayInputStream;
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
 * Loads the agent's classes from the folder {@code io/heagent/agent/inst/} of its jar. No other
 * class loader looks there, so the application can neither see nor shadow these classes. The parent
 * is the platform class loader, so the agent cannot see the application's classes either.
 *
 * <p>The first race of a JVM waits for about a hundred classes, while this code is still
 * interpreted. So it loads each class in the shortest way: it does not ask the parents for the
 * agent's classes, which they do not have, and it reads a class file in one piece.
 */
final class AgentClassLoader extends ClassLoader implements Supplier<Object[]> {

  private static final String ROOT = "io/heagent/agent/inst/";
  private static final String OURS = "io.heagent.";

  /**
   * The classes that only settings, Netty or rare connects need; those that only the command line
   * needs; those that only Byte Buddy needs.
   */
  private static final String[] NESTED = {"rest.jar", "commands.jar", "weaving.jar"};

  private static final String BRIDGE = "sun.nio.ch.";

  /** Of the JDK's module for attaching to JVMs, which is the system class loader's. */
  private static final String ATTACH = "com.sun.tools.attach.";

  /** The first JDK that knows no security manager any more. */
  private static final int WITHOUT_MANAGER = 24;

  static {
    registerAsParallelCapable();
  }

  /**
   * Each element is null until a class is needed that is neither in the jar itself nor in an
   * earlier nested jar; null as a whole before that. Guarded by the jar's monitor, under which only
   * the jar is read.
   */
  private NestedJar[] nested;

  /**
   * Never closed, because classes are loaded from it for as long as the JVM runs. It is not a
   * JarFile, which would look for signatures; the JVM has done that already when it loaded this
   * jar.
   */
  private final ZipFile jar;

  /**
   * The agent's classes have all permissions, in JVMs that still have a security manager: code that
   * could make this loader has them too. They have no code source, so that agents and tools that
   * measure an application's classes leave them alone.
   */
  private final ProtectionDomain domain;

  /**
   * What {@link #get} returns: to {@code Entry} all that it starts the agent with, to a command the
   * instrumentation alone.
   */
  private final Object[] given;

  AgentClassLoader(File jar, Object... given) throws IOException {
    super(ClassLoader.getSystemClassLoader().getParent());
    this.given = given;
    PermissionCollection permissions = HeAgent.jdk() < WITHOUT_MANAGER ? Allowed.all() : null;
    this.domain = new ProtectionDomain((CodeSource) null, permissions);
    this.jar = new ZipFile(jar);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return name.startsWith(ATTACH)
          ? ClassLoader.getSystemClassLoader().loadClass(name)
          : super.loadClass(name, resolve);
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

  /**
   * What the JVM has given the agent. {@code Entry}, the first class that this loader loads, asks
   * for it, and so does a command that needs it. They know this loader only as a {@link Supplier},
   * because they cannot link to this class, which another class loader has loaded.
   */
  @Override
  public Object[] get() {
    return given;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    // The bridge is in the jar too, but is defined in java.base. A copy of it in this loader would
    // be another class of the same name, whose fields nobody reads.
    byte[] bytes = name.startsWith(BRIDGE) ? null : bytes(name.replace('.', '/') + ".class");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    try {
      return defineClass(name, bytes, 0, bytes.length, domain);
    } catch (LinkageError e) {
      // A transformer of another agent was asked about this class on this thread, and has loaded it
      // meanwhile; the lock of the name does not prevent that. Its class is used.
      Class<?> defined = findLoadedClass(name);
      if (defined == null) {
        throw e;
      }
      return defined;
    }
  }

  /** The class files of the agent, for Byte Buddy and the bridge. */
  @Override
  public InputStream getResourceAsStream(String name) {
    byte[] bytes = bytes(name);
    return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }

  /**
   * The class files of the agent, for other agents, which read the classes about which they are
   * asked in this way, and load those that they cannot read. The URL holds the bytes, so that no
   * path need be parsed again.
   */
  @Override
  protected URL findResource(String name) {
    byte[] bytes = bytes(name);
    return bytes == null ? null : InMemory.url(name, bytes);
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
    synchronized (jar) {
      if (nested == null) {
        nested = new NestedJar[NESTED.length];
      }
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
          return null;
        }
        read += more;
      }
      return bytes;
    } catch (IOException e) {
      return null;
    }
  }

  /** A class of its own, because later JDKs have none of these classes loaded otherwise. */
  private static final class Allowed {

    static PermissionCollection all() {
      AllPermission all = new AllPermission();
      PermissionCollection permissions = all.newPermissionCollection();
      permissions.add(all);
      return permissions;
    }
  }

  /** Makes the URL too: to verify another class that does, the JVM would load this one first. */
  private static final class InMemory extends URLStreamHandler {

    private final byte[] bytes;

    private InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    static URL url(String name, byte[] bytes) {
      try {
        return new URL("he-agent", null, -1, '/' + name, new InMemory(bytes));
      } catch (MalformedURLException e) {
        return null;
      }
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
