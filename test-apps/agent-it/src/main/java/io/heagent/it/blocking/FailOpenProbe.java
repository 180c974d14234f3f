package io.heagent.it.blocking;

import io.heagent.it.lab.Scenario;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * Has each method of the hook that the agent has installed throw, one after another, and connects.
 * The throwing hook is made here from the methods that the bridge has at the time. Arguments: the
 * port, a directory with the bridge's class file, an empty directory.
 */
public final class FailOpenProbe {
  private static final String HOOK = "sun.nio.ch.HeHook";

  private FailOpenProbe() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    Class<?> hook = Class.forName(HOOK, false, null);
    Class<?> thrower = compiled(hook, args[1], Path.of(args[2]));
    // Otherwise the first connect would make the hook.
    Method start = hook.getDeclaredMethod("start");
    start.setAccessible(true);
    start.invoke(null);
    Field installed = hook.getDeclaredField("installed");
    installed.setAccessible(true);
    Object real = installed.get(null);
    for (String method : names(hook)) {
      for (Throwable error : new Throwable[] {new IllegalStateException("test"), error()}) {
        installed.set(
            null,
            thrower
                .getConstructor(hook, String.class, Throwable.class)
                .newInstance(real, method, error));
        for (BlockingWay way :
            List.of(BlockingWay.SOCKET_TIMEOUT, BlockingWay.CHANNEL, BlockingWay.ADAPTOR)) {
          for (Scenario scenario : List.of(Scenario.GOOD_FIRST, Scenario.ALL_REFUSED)) {
            String name =
                method + " " + error.getClass().getSimpleName() + " " + way + " " + scenario;
            MatrixProbe.connect(name, way, scenario, port, MatrixProbe.PATIENT_MILLIS).print();
          }
        }
      }
    }
  }

  private static Throwable error() {
    return new OutOfMemoryError("test");
  }

  private static List<String> names(Class<?> hook) {
    List<String> names = new ArrayList<>();
    for (Method method : hook.getDeclaredMethods()) {
      if (Modifier.isAbstract(method.getModifiers())) {
        names.add(method.getName());
      }
    }
    return names;
  }

  private static Class<?> compiled(Class<?> hook, String bridge, Path directory)
      throws IOException, ReflectiveOperationException {
    Path source = directory.resolve("Thrower.java");
    Files.writeString(source, source(hook));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--patch-module=java.base=" + bridge,
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "-proc:none",
                "-nowarn",
                "-d",
                directory.toString(),
                source.toString());
    if (result != 0) {
      throw new IOException("the throwing hook does not compile");
    }
    return new URLClassLoader(new URL[] {directory.toUri().toURL()}).loadClass("Thrower");
  }

  private static String source(Class<?> hook) {
    StringBuilder text = new StringBuilder("public class Thrower extends " + HOOK + " {\n");
    text.append("  final ")
        .append(HOOK)
        .append(" real; final String bad; final Throwable error;\n");
    text.append("  public Thrower(").append(HOOK);
    text.append(" r, String b, Throwable e) { real = r; bad = b; error = e; }\n");
    text.append("  @SuppressWarnings(\"unchecked\")\n");
    text.append("  static <T extends Throwable> void raise(Throwable e) throws T {\n");
    text.append("    throw (T) e;\n  }\n");
    text.append("  Object call(String name, Class<?>[] types, Object... values) {\n    try {\n");
    text.append("      if (bad.equals(name)) raise(error);\n");
    text.append("      var m = ").append(HOOK).append(".class.getDeclaredMethod(name, types);\n");
    text.append("      m.setAccessible(true);\n      return m.invoke(real, values);\n");
    text.append("    } catch (java.lang.reflect.InvocationTargetException e) {\n");
    text.append("      Thrower.<RuntimeException>raise(e.getCause());\n");
    text.append("    } catch (ReflectiveOperationException e) { throw new Error(e); }\n");
    text.append("    return null;\n  }\n");
    for (Method method : hook.getDeclaredMethods()) {
      if (Modifier.isAbstract(method.getModifiers())) {
        method(text, method);
      }
    }
    return text.append("}\n").toString();
  }

  private static void method(StringBuilder text, Method method) {
    StringBuilder types = new StringBuilder();
    StringBuilder declared = new StringBuilder();
    StringBuilder values = new StringBuilder();
    Class<?>[] parameters = method.getParameterTypes();
    for (int i = 0; i < parameters.length; i++) {
      String type = parameters[i].getCanonicalName();
      types.append(i == 0 ? "" : ", ").append(type).append(".class");
      declared.append(i == 0 ? "" : ", ").append(type).append(" p").append(i);
      values.append(", p").append(i);
    }
    String result = method.getReturnType().getCanonicalName();
    text.append("  @Override protected ").append(result).append(' ').append(method.getName());
    text.append('(').append(declared).append(") {\n    ");
    text.append(result.equals("void") ? "" : "return (" + result + ") ");
    text.append("call(\"").append(method.getName()).append("\", new Class<?>[] {").append(types);
    text.append("}").append(values).append(");\n  }\n");
  }
}
