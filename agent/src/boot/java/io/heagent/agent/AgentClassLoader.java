package io.heagent.agent;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Loads the agent from the folder {@code io/heagent/agent/inst/} of its jar, where no other class
 * loader looks: the application can neither see nor shadow these classes. The parent is the
 * platform's loader, so that the application's classes are out of the agent's sight too.
 */
final class AgentClassLoader extends ClassLoader {

  private static final String ROOT = "io/heagent/agent/inst/";
  private static final String BRIDGE = "sun.nio.ch.";

  static {
    registerAsParallelCapable();
  }

  /** Never closed: classes are loaded from it for as long as the JVM runs. */
  private final JarFile jar;

  AgentClassLoader(File jar) throws IOException {
    super(ClassLoader.getSystemClassLoader().getParent());
    // The JVM has loaded this very jar already; checking signatures again only costs start-up time.
    this.jar = new JarFile(jar, false);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    // The bridge is in the jar too, but is defined in java.base; a copy of it here would be another
    // class of the same name, whose fields nobody reads.
    byte[] bytes = name.startsWith(BRIDGE) ? null : bytes(name.replace('.', '/') + ".class");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  /** Class files of the agent, for Byte Buddy and the bridge. */
  @Override
  public InputStream getResourceAsStream(String name) {
    byte[] bytes = bytes(name);
    return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }

  private byte[] bytes(String classFile) {
    if (!classFile.endsWith(".class")) {
      return null;
    }
    ZipEntry entry = jar.getEntry(ROOT + classFile + "data");
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream((int) entry.getSize());
      byte[] chunk = new byte[16384];
      for (int n; (n = in.read(chunk)) > 0; ) {
        out.write(chunk, 0, n);
      }
      return out.toByteArray();
    } catch (IOException e) {
      return null;
    }
  }
}
