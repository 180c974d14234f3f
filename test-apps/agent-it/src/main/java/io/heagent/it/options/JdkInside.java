package io.heagent.it.options;

import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

/** Methods and fields of the JDK that are not for programs, by reflection. Needs {@link #FLAGS}. */
public final class JdkInside {

  /** Opens the packages that are looked into. */
  public static final List<String> FLAGS =
      List.of(
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

  private JdkInside() {}

  /** Calls a native method of sun.nio.ch.Net. */
  static Object callNet(String method, Object... arguments) throws IOException {
    try {
      return call(Class.forName("sun.nio.ch.Net"), method, null, arguments);
    } catch (ClassNotFoundException e) {
      throw new LinkageError("no Net", e);
    }
  }

  /**
   * Calls a method, whatever its visibility.
   *
   * @param self null for a static method
   */
  static Object call(Class<?> owner, String method, Object self, Object... arguments)
      throws IOException {
    try {
      return find(owner, method).invoke(self, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Method find(Class<?> owner, String name) {
    for (Method method : owner.getDeclaredMethods()) {
      if (method.getName().equals(name)) {
        return accessible(method);
      }
    }
    throw new LinkageError(owner + " has no " + name);
  }

  /** The value of a field, whatever its visibility. */
  static Object field(Class<?> owner, String name, Object self) {
    try {
      Field field = accessible(owner.getDeclaredField(name));
      return field.get(self);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(owner + " has no " + name, e);
    }
  }

  private static <T extends AccessibleObject> T accessible(T member) {
    member.setAccessible(true);
    return member;
  }
}
