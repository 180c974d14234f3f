package io.heagent.it.lookup;

import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Cases;
import io.heagent.it.lab.Threads;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Connects while every look-up hangs: the hosts file is a pipe, and whoever reads it waits until
 * this program writes. So a connect that looked anything up on its own thread would never come
 * back, however long the test waits. Arguments: the pipe, the file with what to write, the port.
 */
public final class ChannelLookupProbe {
  /** Less than the agent waits for a look-up. */
  private static final int HURRY = 120;

  private static final List<ChannelScenario> REMEMBERED =
      List.of(
          ChannelScenario.GOOD_FIRST, ChannelScenario.TWO_DEAD, ChannelScenario.REFUSED_DEAD_GOOD);

  private final PipeResolver resolver;
  private final int port;

  private ChannelLookupProbe(PipeResolver resolver, int port) {
    this.resolver = resolver;
    this.port = port;
  }

  public static void main(String[] args) throws Exception {
    byte[] names = Files.readAllBytes(Path.of(args[1]));
    PipeResolver resolver = new PipeResolver(Path.of(args[0]), names);
    new ChannelLookupProbe(resolver, Integer.parseInt(args[2])).run();
  }

  private void run() throws Exception {
    Cases.run("selected, unresolved", () -> selected(unresolved()));
    Cases.run("selected, dead first", () -> selected(given(ChannelScenario.DEAD_FIRST)));
    Cases.run("selected, refused first", this::selectedRefused);
    Cases.run("asynchronous, unresolved", () -> async(unresolved()));
    Cases.run("asynchronous, dead first", () -> async(given(ChannelScenario.DEAD_FIRST)));
    Cases.run("asynchronous, refused first", this::asyncRefused);
    for (Threads kind : Threads.possible()) {
      on(kind, "refused first", () -> refused(0));
      on(kind, "refused first, in a hurry", () -> refused(HURRY));
      on(kind, "answer remembered", this::remembered);
    }
    Cases.run("blocking channel, answer remembered", this::channelRemembered);
    Cases.run("selected, answer remembered", this::selectedRemembered);
    Cases.run("asynchronous, answer remembered", this::asyncRemembered);
    Cases.run("good first needs no look-up", this::goodFirst);
    Cases.run("closed while the look-up hangs", this::closed);
  }

  private static void on(Threads kind, String name, Cases.Body body) throws InterruptedException {
    Cases.run(
        kind + " socket, " + name,
        () -> {
          FutureTask<Void> task =
              new FutureTask<>(
                  () -> {
                    body.run();
                    return null;
                  });
          kind.start(task);
          task.get();
        });
  }

  private InetSocketAddress unresolved() throws Exception {
    resolver.drain();
    return ChannelScenario.UNRESOLVED.address(port);
  }

  /** An address that was not looked up here: its siblings are not known. */
  private InetSocketAddress given(ChannelScenario scenario) throws IOException {
    byte[] first = InetAddress.getByName(scenario.addresses().get(0)).getAddress();
    return new InetSocketAddress(InetAddress.getByAddress(scenario.host(), first), port);
  }

  /**
   * The agent does not wait long for the look-up: the program is told what it would be told without
   * the agent.
   */
  private void selectedRefused() throws Exception {
    try (Selector selector = Selector.open();
        SocketChannel channel = Racing.connecting(given(ChannelScenario.REFUSED_FIRST))) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      Racing.selectConnect(selector, key);
      Cases.fails(ConnectException.class, channel::finishConnect);
    }
  }

  private void asyncRefused() throws Exception {
    try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
      Future<Void> connect = channel.connect(given(ChannelScenario.REFUSED_FIRST));
      Cases.fails(ConnectException.class, () -> get(connect));
    }
  }

  private static void get(Future<Void> connect) throws Exception {
    try {
      connect.get(Racing.LONG_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  private void refused(int timeout) {
    Cases.fails(
        ConnectException.class,
        () -> {
          try (Socket socket = new Socket()) {
            socket.connect(given(ChannelScenario.REFUSED_FIRST), timeout);
          }
        });
  }

  /** What the program has just looked up is not looked up again, although nothing is cached. */
  private void remembered() throws Exception {
    for (ChannelScenario scenario : REMEMBERED) {
      InetSocketAddress address = lookUp(scenario);
      try (Socket socket = new Socket()) {
        socket.connect(address);
      }
      notLookedUpAgain();
    }
  }

  private void channelRemembered() throws Exception {
    for (ChannelScenario scenario : REMEMBERED) {
      InetSocketAddress address = lookUp(scenario);
      try (SocketChannel channel = SocketChannel.open()) {
        Cases.isTrue(channel.connect(address));
      }
      notLookedUpAgain();
    }
  }

  /** Not on any thread: a look-up that nobody has waited for would hang until it is drained. */
  private static void notLookedUpAgain() {
    Cases.equal(false, PipeResolver.isLookingUp());
  }

  private void selectedRemembered() throws Exception {
    for (ChannelScenario scenario : REMEMBERED) {
      InetSocketAddress address = lookUp(scenario);
      try (Selector selector = Selector.open();
          SocketChannel channel = Racing.connecting(address)) {
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
        Racing.selectConnect(selector, key);
        Cases.isTrue(channel.finishConnect());
      }
      notLookedUpAgain();
    }
  }

  private void asyncRemembered() throws Exception {
    for (ChannelScenario scenario : REMEMBERED) {
      InetSocketAddress address = lookUp(scenario);
      try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
        get(channel.connect(address));
      }
      notLookedUpAgain();
    }
  }

  private InetSocketAddress lookUp(ChannelScenario scenario) throws Exception {
    resolver.drain();
    resolver.answer();
    InetSocketAddress address = scenario.address(port);
    // Of two that read a pipe at once, one may get everything.
    while (address.isUnresolved() && !scenario.isUnresolved()) {
      address = scenario.address(port);
    }
    resolver.hang();
    return address;
  }

  private void selected(InetSocketAddress address) throws Exception {
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

  private void async(InetSocketAddress address) throws Exception {
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
    InetSocketAddress address = lookUp(ChannelScenario.GOOD_FIRST);
    try (Selector selector = Selector.open();
        SocketChannel channel = Racing.connecting(address)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      Racing.selectConnect(selector, key);
      Cases.isTrue(channel.finishConnect());
      Racing.readBanner(selector, key);
    }
  }

  private void closed() throws Exception {
    InetSocketAddress address = given(ChannelScenario.ALL_DEAD);
    try (Selector selector = Selector.open()) {
      SocketChannel channel = Racing.connecting(address);
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      Cases.equal(0, selector.select(200));
      channel.close();
      Cases.equal(0, selector.select(50));
      Cases.equal(false, key.isValid());
    }
    // The look-up then ends after the connect, and its answer must change nothing.
    try (SocketChannel channel = Racing.connecting(lookUp(ChannelScenario.GOOD_FIRST))) {
      Racing.finish(channel);
    }
  }
}
