package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Constructor;
import jdk.internal.access.SharedSecrets;

/**
 * Calls native methods that are private in a class of the JDK. Each subclass is defined when it is
 * first needed, as a hidden class that is a nestmate of that class, so it can call the methods
 * directly. Reflection could call them too, but on JDK 18 and later it makes some thirty classes at
 * run time for a first call with four arguments, and a JVM's first race would wait 10 ms for that.
 */
public abstract class HeNative {

  /** The JDK's numbers for a nestmate, 1, and for a hidden class, 2; the same in JDK 17 to 27. */
  private static final int HIDDEN_NESTMATE = 3;

  /** For the subclasses. */
  protected HeNative() {}

  /**
   * Defines a subclass, by what a {@code Lookup} calls once it has parsed the class.
   *
   * @param owner the class that has the methods
   * @return null if that is not possible
   */
  static HeNative beside(Class<?> owner, String name) {
    byte[] classFile = classFile(name);
    if (classFile == null) {
      return null;
    }
    try {
      Constructor<?> made =
          SharedSecrets.getJavaLangAccess()
              .defineClass(
                  null,
                  owner,
                  "sun/nio/ch/".concat(name),
                  classFile,
                  null,
                  false,
                  HIDDEN_NESTMATE,
                  null)
              .getDeclaredConstructor();
      made.setAccessible(true);
      return (HeNative) made.newInstance();
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** The class file of a subclass; null if it cannot be read. */
  private static byte[] classFile(String name) {
    HeHook hook = HeHook.installed();
    if (hook == null) {
      return null;
    }
    try {
      return hook.onClassFile(name);
    } catch (Throwable unexpected) {
      hook.report(unexpected);
      return null;
    }
  }

  int getOption(FileDescriptor fd, int level, int name) throws IOException {
    throw new UnsupportedOperationException();
  }

  void setOption(FileDescriptor fd, int level, int name, int value) throws IOException {
    throw new UnsupportedOperationException();
  }

  int poll(long address, int count, int millis) throws IOException {
    throw new UnsupportedOperationException();
  }
}
