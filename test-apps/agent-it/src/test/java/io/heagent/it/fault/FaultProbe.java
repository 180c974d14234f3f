package io.heagent.it.fault;

import io.heagent.it.lab.Facts;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * Has each of the agent's hooks fail in turn, then all of them, and connects meanwhile. Argument:
 * the port. This one program knows the agent: it puts itself between the woven JDK and it.
 */
public final class FaultProbe {
  private static final String ALL = "all";

  private final Class<?> bridge = Class.forName("sun.nio.ch.HeHook");
  private final Object agent = installed();
  private volatile String faulty = "none";
  private volatile Throwable fault = new IllegalStateException("injected");

  private FaultProbe() throws ReflectiveOperationException {}

  public static void main(String[] args) throws Exception {
    new FaultProbe().run(Integer.parseInt(args[0]));
  }

  private void run(int port) throws Exception {
    Class<?> subclass =
        new ByteBuddy()
            .subclass(bridge)
            .method(ElementMatchers.isAbstract())
            .intercept(InvocationHandlerAdapter.of(this::call))
            .make()
            .load(FaultProbe.class.getClassLoader())
            .getLoaded();
    Object hook = subclass.getDeclaredConstructor().newInstance();
    bridge.getMethod("install", bridge).invoke(null, hook);
    List<String> hooks = new ArrayList<>(List.of("none", ALL));
    for (Method method : bridge.getDeclaredMethods()) {
      if (Modifier.isAbstract(method.getModifiers())) {
        hooks.add(method.getName());
      }
    }
    for (String name : hooks) {
      for (Throwable thrown :
          List.of(new IllegalStateException("injected"), new NoClassDefFoundError("injected"))) {
        fault = thrown;
        faulty = name;
        new FaultyWays(name + " " + thrown.getClass().getSimpleName(), port).run();
      }
    }
    faulty = "none";
    new Facts("end").put("hooks", hooks.size()).print();
  }

  private Object call(Object hook, Method method, Object[] arguments) throws Throwable {
    if (faulty.equals(ALL) || faulty.equals(method.getName())) {
      throw fault;
    }
    try {
      Method real = bridge.getDeclaredMethod(method.getName(), method.getParameterTypes());
      real.setAccessible(true);
      return real.invoke(agent, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Object installed() throws ReflectiveOperationException {
    Class<?> hook = Class.forName("sun.nio.ch.HeHook");
    // The first connect would make it.
    Method start = hook.getDeclaredMethod("start");
    start.setAccessible(true);
    start.invoke(null);
    Field field = hook.getDeclaredField("installed");
    field.setAccessible(true);
    Object installed = field.get(null);
    if (installed == null) {
      throw new ReflectiveOperationException(new IOException("no agent"));
    }
    return installed;
  }
}
