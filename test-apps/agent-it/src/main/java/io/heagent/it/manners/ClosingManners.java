package io.heagent.it.manners;

import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Cases;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** What a select gives when another thread closes its selector, or what it waits for. */
final class ClosingManners {
  private final InetSocketAddress to;

  /**
   * @param to a name whose race is on for a while
   */
  ClosingManners(InetSocketAddress to) {
    this.to = to;
  }

  private interface Select {
    int select(Selector selector) throws IOException;
  }

  private interface Step {
    void run(Selector selector, SocketChannel channel) throws IOException;
  }

  void run() throws InterruptedException {
    Map<String, Select> selects = new LinkedHashMap<>();
    selects.put("select()", Selector::select);
    selects.put("select(ms)", selector -> selector.select(Racing.LONG_MILLIS));
    selects.put("select(action)", selector -> selector.select(key -> {}));
    selects.put("select(action, ms)", selector -> selector.select(key -> {}, Racing.LONG_MILLIS));
    for (Map.Entry<String, Select> entry : selects.entrySet()) {
      String name = entry.getKey() + ", " + to.getHostString();
      Select select = entry.getValue();
      InTime.run(
          "selector closed under " + name,
          () -> {
            Cases.equal(0, during(select, (selector, channel) -> selector.close(), true));
          });
      InTime.run(
          "channel closed, then woken, under " + name,
          () -> Cases.equal(0, during(select, ClosingManners::closeChannel, false)));
      InTime.run(
          "key cancelled, then woken, under " + name,
          () -> Cases.equal(0, during(select, ClosingManners::cancel, false)));
    }
    InTime.run("selectors that are closed, " + to.getHostString(), this::closedBefore);
  }

  private static void closeChannel(Selector selector, SocketChannel channel) throws IOException {
    channel.close();
    selector.wakeup();
  }

  private static void cancel(Selector selector, SocketChannel channel) {
    channel.keyFor(selector).cancel();
    selector.wakeup();
  }

  /** What a select gives if another thread does this while it waits during a race. */
  private int during(Select select, Step step, boolean closes) throws Exception {
    try (Selector selector = Selector.open();
        SocketChannel channel = InTime.connecting(to)) {
      channel.register(selector, SelectionKey.OP_CONNECT);
      FutureTask<Integer> selected = new FutureTask<>(() -> select.select(selector));
      Thread thread = new Thread(selected, "selecting");
      thread.start();
      while (!isWaiting(thread) && !selected.isDone()) {
        Racing.letPass(1);
      }
      if (!selected.isDone()) {
        // Lets the event of the first address pass, if that address gives one.
        Racing.letPass(10);
      }
      InTime.stillRacing();
      step.run(selector, channel);
      int found = selected.get(Racing.LONG_MILLIS, TimeUnit.MILLISECONDS);
      if (closes) {
        Cases.fails(ClosedSelectorException.class, selector::selectNow);
      }
      return found;
    }
  }

  private static boolean isWaiting(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0
        && stack[0].isNativeMethod()
        && stack[0].getMethodName().matches("wait|poll");
  }

  private void closedBefore() throws Exception {
    try (SocketChannel channel = InTime.connecting(to)) {
      Selector selector = Selector.open();
      channel.register(selector, SelectionKey.OP_CONNECT);
      selector.close();
      for (Callable<?> call :
          new Callable<?>[] {
            selector::select,
            selector::selectNow,
            () -> selector.select(1),
            () -> selector.select(key -> {}),
            selector::keys,
            selector::selectedKeys
          }) {
        Cases.fails(ClosedSelectorException.class, call::call);
      }
      Cases.isTrue(selector.wakeup() == selector);
      Cases.equal(false, channel.isRegistered());
      Cases.isTrue(channel.isConnectionPending());
    }
  }
}
