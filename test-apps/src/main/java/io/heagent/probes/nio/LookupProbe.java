package io.heagent.probes.nio;

import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Connects while every look-up hangs: the hosts file is a pipe, and whoever reads it waits until
 * this program writes. So a connect that looked anything up on its own thread would never come
 * back, however long the test waits. Arguments: the pipe, the file with what to write, the port.
 */
public final class LookupProbe {
  private final PipeResolver resolver;
  private final int port;

  private LookupProbe(PipeResolver resolver, int port) {
    this.resolver = resolver;
    this.port = port;
  }

  public static void main(String[] args) throws Exception {
    byte[] names = Files.readAllBytes(Path.of(args[1]));
    PipeResolver resolver = new PipeResolver(Path.of(args[0]), names);
    new LookupProbe(resolver, Integer.parseInt(args[2])).run();
  }

  private void run() throws Exception {
    Cases.run("selected, unresolved", () -> selected(NioScenario.UNRESOLVED));
    Cases.run("selected, dead first", () -> selected(NioScenario.DEAD_FIRST));
    Cases.run("selected, refused first", () -> selected(NioScenario.REFUSED_FIRST));
    Cases.run("asynchronous, unresolved", () -> async(NioScenario.UNRESOLVED));
    Cases.run("asynchronous, dead first", () -> async(NioScenario.DEAD_FIRST));
    Cases.run("asynchronous, refused first", () -> async(NioScenario.REFUSED_FIRST));
    Cases.run("good first needs no look-up", this::goodFirst);
    Cases.run("closed while the look-up hangs", this::closed);
  }

  private InetSocketAddress lookUp(NioScenario scenario) throws Exception {
    resolver.answer();
    InetSocketAddress address = scenario.address(port);
    // Of two that read a pipe at once, one may get everything.
    while (address.isUnresolved() && !scenario.isUnresolved()) {
      address = scenario.address(port);
    }
    resolver.hang();
    return address;
  }

  private void selected(NioScenario scenario) throws Exception {
    InetSocketAddress address = lookUp(scenario);
    try (Selector selector = Selector.open();
        SocketChannel channel = Racing.connecting(address)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      // The look-up hangs, so there is no sibling to win: nothing is told, nothing is blocked.
      Cases.equal(0, selector.select(400));
      Cases.equal(false, channel.finishConnect());
      resolver.answer();
      try {
        Racing.selectConnect(selector, key);
      } finally {
        resolver.hang();
      }
      Cases.isTrue(channel.finishConnect());
      Racing.readBanner(selector, key);
    }
  }

  private void async(NioScenario scenario) throws Exception {
    InetSocketAddress address = lookUp(scenario);
    try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
      Future<Void> connect = channel.connect(address);
      Cases.fails(TimeoutException.class, () -> connect.get(400, TimeUnit.MILLISECONDS));
      resolver.answer();
      try {
        connect.get(Racing.LONG_MILLIS, TimeUnit.MILLISECONDS);
      } finally {
        resolver.hang();
      }
    }
  }

  private void goodFirst() throws Exception {
    InetSocketAddress address = lookUp(NioScenario.GOOD_FIRST);
    try (Selector selector = Selector.open();
        SocketChannel channel = Racing.connecting(address)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      Racing.selectConnect(selector, key);
      Cases.isTrue(channel.finishConnect());
      Racing.readBanner(selector, key);
    }
  }

  private void closed() throws Exception {
    InetSocketAddress address = lookUp(NioScenario.ALL_DEAD);
    try (Selector selector = Selector.open()) {
      SocketChannel channel = Racing.connecting(address);
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      Cases.equal(0, selector.select(200));
      channel.close();
      Cases.equal(0, selector.select(50));
      Cases.equal(false, key.isValid());
    }
    // What the look-up then finds is nobody's business any more.
    try (SocketChannel channel = Racing.connecting(lookUp(NioScenario.GOOD_FIRST))) {
      Racing.finish(channel);
    }
  }
}
