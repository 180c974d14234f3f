package io.heagent.it.jdk;

import io.heagent.it.startup.DialAll;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/**
 * Arguments: port, hosts. Connects to each host in every way, and by selects that throw, then tells
 * which values of the agent's are left with this thread. Needs java.lang opened.
 */
public final class ThreadLocalsProbe {
  private static final ThreadLocal<ThreadLocalsProbe> OWN = new ThreadLocal<>();

  private ThreadLocalsProbe() {}

  public static void main(String[] args) throws Exception {
    // A value of the probe's own, which has to be found: it shows that the search works.
    OWN.set(new ThreadLocalsProbe());
    for (int i = 1; i < args.length; i++) {
      DialAll.main(new String[] {args[i], args[0]});
      throwingSelects(args[i], Integer.parseInt(args[0]));
    }
    Set<String> left = new TreeSet<>();
    Object map = get(Thread.class, "threadLocals", Thread.currentThread());
    for (Object entry : (Object[]) get(map.getClass(), "table", map)) {
      Object value = entry == null ? null : get(entry.getClass(), "value", entry);
      if (value != null && value.getClass().getName().startsWith("io.heagent.")) {
        left.add(value.getClass().getSimpleName());
      }
    }
    System.out.println("left " + left);
  }

  @SuppressWarnings("try") // The second select is to find its selector closed.
  private static void throwingSelects(String host, int port) throws IOException {
    try (Selector selector = Selector.open();
        SocketChannel channel = SocketChannel.open()) {
      channel.configureBlocking(false);
      channel.connect(new InetSocketAddress(host, port));
      channel.register(selector, SelectionKey.OP_CONNECT);
      expect(IllegalStateException.class, () -> selector.select(key -> fail()));
    }
    try (Selector selector = Selector.open();
        SocketChannel channel = SocketChannel.open()) {
      channel.configureBlocking(false);
      channel.connect(new InetSocketAddress(host, port));
      selector.close();
      expect(ClosedSelectorException.class, selector::select);
    }
  }

  private static void fail() {
    throw new IllegalStateException();
  }

  private static void expect(Class<?> type, Callable<?> select) {
    try {
      select.call();
    } catch (Exception e) {
      if (e.getClass() == type) {
        return;
      }
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException("no " + type);
  }

  private static Object get(Class<?> owner, String name, Object of)
      throws ReflectiveOperationException {
    Field field = owner.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }
}
