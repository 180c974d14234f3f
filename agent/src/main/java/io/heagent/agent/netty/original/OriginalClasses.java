package io.heagent.agent.netty.original;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/**
 * What the woven classes of one copy were before. Mostly the class loader gives the class file
 * again, so that only its checksum is kept; it is kept itself where another agent had changed it.
 *
 * <p>Any thread. Class files are read through the program's class loader, which may lock what it
 * likes.
 */
public final class OriginalClasses {

  /** One class file. */
  private static final class Original {
    final long checksum;

    /** Null if the class loader gives it. */
    final byte[] kept;

    Original(long checksum, byte[] kept) {
      this.checksum = checksum;
      this.kept = kept;
    }
  }

  /** By the name of the class, with slashes. */
  private final Map<String, Original> before = new ConcurrentHashMap<>();

  /** A class is about to be woven that has this class file so far. */
  public void keep(ClassLoader loader, String path, byte[] bytes) {
    boolean given = Arrays.equals(bytes, read(loader, path));
    before.put(path, new Original(checksum(bytes), given ? null : bytes));
  }

  /**
   * Gives the class file back to a class that may have been woven.
   *
   * @param definitions gets what the class is to be redefined by
   * @param lost gets the class by name, with the reason, if its class file is not to be had
   */
  public void restore(
      Class<?> woven, List<ClassDefinition> definitions, Map<String, Throwable> lost) {
    String path = woven.getName().replace('.', '/');
    Original original = before.get(path);
    if (original == null) {
      return;
    }
    byte[] bytes = original.kept;
    if (bytes == null) {
      bytes = read(woven.getClassLoader(), path);
      if (bytes == null || checksum(bytes) != original.checksum) {
        // The program's jar has been deleted or replaced, or its class loader is closed.
        lost.put(woven.getName(), new IOException("its class file is not there any more"));
        return;
      }
    }
    definitions.add(new ClassDefinition(woven, bytes));
  }

  private static long checksum(byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return checksum.getValue();
  }

  /** The class file that a class loader gives; null if it gives none. */
  public static byte[] read(ClassLoader loader, String path) {
    try (InputStream in = loader.getResourceAsStream(path + ".class")) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      return null;
    }
  }
}
