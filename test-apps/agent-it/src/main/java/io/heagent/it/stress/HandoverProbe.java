package io.heagent.it.stress;

import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.ChannelScenario.Hosts;
import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Cases;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.Loopback;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Predicate;

/**
 * Registers and selects in the very middle of a race's end. This program knows the agent: it holds
 * the lock under which a hold ends, so that the agent's loop stands still there, after it has
 * looked which keys the channel has. Argument: the port of the lab.
 */
public final class HandoverProbe {
  private static final long STEP_MILLIS = 1;

  private final Object races = races();
  private final int port;

  private HandoverProbe(int port) throws ReflectiveOperationException {
    this.port = port;
  }

  public static void main(String[] args) throws Exception {
    HandoverProbe probe = new HandoverProbe(Integer.parseInt(args[0]));
    Cases.run("registered", probe::registered);
    Cases.run("interest changed", probe::interestChanged);
  }

  private void registered() throws Exception {
    try (Selector selector = Selector.open();
        SocketChannel channel = Racing.channel()) {
      SelectionKey key;
      synchronized (races) {
        channel.connect(ChannelScenario.REFUSED_FIRST.address(port));
        awaitEndOfRace();
        key = channel.register(selector, SelectionKey.OP_CONNECT);
        Cases.equal(0, selector.selectNow());
      }
      Racing.selectConnect(selector, key);
      Cases.isTrue(channel.finishConnect());
    }
  }

  /** The channel already has the winner's connection, but its selector is told a moment later. */
  private void interestChanged() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, Loopback.address(Hosts.GOOD));
        BlackHole dead = BlackHole.on(Hosts.DEAD, silent.getLocalPort());
        Selector selector = Selector.open();
        SocketChannel channel = Racing.channel()) {
      InetSocketAddress to = ChannelScenario.DEAD_FIRST.address(dead.port());
      SelectionKey key = channel.register(selector, 0);
      channel.connect(to);
      Cases.equal(0, selector.selectNow());
      synchronized (races) {
        awaitEndOfRace();
        key.interestOps(SelectionKey.OP_READ);
        Cases.equal(0, selector.selectNow());
        key.interestOps(SelectionKey.OP_CONNECT);
      }
      awaitLoopIdle();
      Racing.selectConnect(selector, key);
      Cases.isTrue(channel.finishConnect());
    }
  }

  /** Until the agent's loop waits for the lock that this thread holds. */
  private void awaitEndOfRace() {
    awaitLoop(
        loop ->
            loop.getLockInfo() != null
                && loop.getLockInfo().getIdentityHashCode() == System.identityHashCode(races));
  }

  /** Until the agent's loop has told all there is to tell. */
  private static void awaitLoopIdle() {
    awaitLoop(
        loop ->
            loop.getStackTrace().length > 0
                && loop.getStackTrace()[0].getClassName().endsWith("EPoll"));
  }

  private static void awaitLoop(Predicate<ThreadInfo> state) {
    long deadline = System.nanoTime() + Racing.LONG_MILLIS * 1_000_000L;
    while (!isLoop(state)) {
      Cases.isTrue(System.nanoTime() < deadline);
      Racing.letPass(STEP_MILLIS);
    }
  }

  private static boolean isLoop(Predicate<ThreadInfo> state) {
    var threads = ManagementFactory.getThreadMXBean();
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds(), 1)) {
      if (thread != null && thread.getThreadName().equals("he-agent-loop") && state.test(thread)) {
        return true;
      }
    }
    return false;
  }

  /** The registry of races, which the agent makes when it is first asked for. */
  private static Object races() throws ReflectiveOperationException {
    Class<?> hook = Class.forName("sun.nio.ch.HeHook");
    // Otherwise the first connect would make the hook.
    Method start = hook.getDeclaredMethod("start");
    start.setAccessible(true);
    start.invoke(null);
    Field installed = hook.getDeclaredField("installed");
    installed.setAccessible(true);
    return call(call(call(installed.get(null), "runtime"), "channels"), "registry");
  }

  private static Object call(Object of, String name) throws ReflectiveOperationException {
    Method method = of.getClass().getDeclaredMethod(name);
    method.setAccessible(true);
    return method.invoke(of);
  }
}
