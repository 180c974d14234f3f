package io.heagent.it.agents;

import io.heagent.it.startup.DialAll;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Throws at every class that it is asked about, whoever loads or changes it: exceptions and errors.
 * As a program it has the sockets' classes retransformed, connects in every way and tells at which
 * of the classes that matter it has thrown. With the argument {@code early} it loads the sockets'
 * classes in its premain, with {@code late} it begins as the program.
 */
public final class ThrowingAgent {
  private static final Set<String> SOCKETS =
      Set.of("sun/nio/ch/Net", "sun/nio/ch/NioSocketImpl", "sun/nio/ch/SocketChannelImpl");

  /** Loaded by he-agent when the first connect begins. */
  private static final String OURS = "io/heagent/agent/connect/AgentRuntime";

  static final String THROWN_AT_ALL =
      "thrown at "
          + "["
          + OURS
          + ", sun/nio/ch/Net, sun/nio/ch/NioSocketImpl, sun/nio/ch/SocketChannelImpl]\n";

  private static final Set<String> THROWN_AT = ConcurrentHashMap.newKeySet();

  private static Instrumentation instrumentation;
  private static boolean isLate;

  private ThrowingAgent() {}

  public static void premain(String argument, Instrumentation given) throws ClassNotFoundException {
    instrumentation = given;
    isLate = "late".equals(argument);
    if (!isLate) {
      begin();
    }
    if ("early".equals(argument)) {
      sockets();
    }
  }

  public static void main(String[] target)
      throws ClassNotFoundException, InterruptedException, UnmodifiableClassException {
    if (isLate) {
      begin();
    }
    instrumentation.retransformClasses(sockets());
    DialAll.main(target);
    System.out.println("thrown at " + new TreeSet<>(THROWN_AT));
  }

  private static void begin() {
    instrumentation.addTransformer(new Throwing(), true);
  }

  private static Class<?>[] sockets() throws ClassNotFoundException {
    Class<?>[] loaded = new Class<?>[SOCKETS.size()];
    int count = 0;
    for (String name : SOCKETS) {
      loaded[count++] = Class.forName(name.replace('/', '.'));
    }
    return loaded;
  }

  private static final class Throwing implements ClassFileTransformer {
    @Override
    public byte[] transform(
        ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
      if (name != null && (SOCKETS.contains(name) || name.equals(OURS))) {
        THROWN_AT.add(name);
      }
      if (type == null) {
        throw new IllegalStateException("a fault of another agent's");
      }
      throw new AssertionError("a fault of another agent's");
    }
  }
}
