package io.heagent.it.stress;

import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.Racing;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Connects a few channels at a time and maltreats them. */
final class Attacker extends Thread {
  private static final int CHANNELS = 12;
  private static final ChannelScenario[] SCENARIOS = {
    ChannelScenario.GOOD_FIRST,
    ChannelScenario.DEAD_FIRST,
    ChannelScenario.REFUSED_FIRST,
    ChannelScenario.REFUSED_DEAD_GOOD,
    ChannelScenario.ALL_DEAD,
    ChannelScenario.ALL_REFUSED
  };

  /**
   * One in so many channels waits for the service once it is connected. The service accepts those
   * that were closed while they connected too, so it may be late on a busy machine.
   */
  private static final int PATIENT = 8;

  private static final int PATIENCE_MILLIS = 200;

  private final int port;
  private final Random random;
  private final AtomicLong left;
  private final Tally tally;
  private final List<SocketChannel> channels = new ArrayList<>();
  private final List<Selector> selectors = new ArrayList<>();
  private AsynchronousSocketChannel async;

  Attacker(int port, long seed, AtomicLong left, Tally tally) {
    super("attacker");
    this.port = port;
    this.random = new Random(seed);
    this.left = left;
    this.tally = tally;
  }

  @Override
  public void run() {
    try {
      while (left.getAndDecrement() > 0) {
        step();
      }
      for (SocketChannel channel : channels) {
        channel.close();
      }
      for (Selector selector : selectors) {
        selector.close();
      }
      if (async != null) {
        async.close();
      }
    } catch (IOException | RuntimeException e) {
      tally.wrong("attacker: " + e);
    }
  }

  private void step() throws IOException {
    Operation operation = Operation.values()[random.nextInt(Operation.values().length)];
    tally.count(operation.name());
    try {
      act(operation);
    } catch (IOException | IllegalStateException | IllegalArgumentException refused) {
      // The JDK answers misuse by exceptions. Other tests check which ones.
      tally.count(refused.getClass().getSimpleName());
    }
    Thread.interrupted();
    while (channels.size() > CHANNELS) {
      channels.remove(random.nextInt(channels.size())).close();
    }
  }

  private enum Operation {
    OPEN,
    OPEN_TOO,
    OPEN_ASYNC,
    CLOSE,
    REGISTER,
    REGISTER_TOO,
    CANCEL,
    INTEREST,
    SELECT,
    SELECT_NOW,
    WAKEUP,
    CLOSE_SELECTOR,
    FINISH,
    FINISH_TOO,
    SWITCH_BLOCKING,
    CONNECT_AGAIN,
    INTERRUPTED_SELECT,
    TALK
  }

  private void act(Operation operation) throws IOException {
    switch (operation) {
      case OPEN, OPEN_TOO -> open();
      case OPEN_ASYNC -> openAsync();
      case CLOSE -> channel().close();
      case REGISTER, REGISTER_TOO ->
          channel().register(selector(), random.nextBoolean() ? SelectionKey.OP_CONNECT : 0);
      case CANCEL -> key().cancel();
      case INTEREST -> key().interestOps(random.nextBoolean() ? SelectionKey.OP_CONNECT : 0);
      case SELECT -> selector().select(1 + random.nextInt(15));
      case SELECT_NOW -> selector().selectNow(key -> tally.count("selected"));
      case WAKEUP -> selector().wakeup();
      case CLOSE_SELECTOR -> selector().close();
      case FINISH, FINISH_TOO -> finish(channel());
      case SWITCH_BLOCKING -> switchBlocking(channel());
      case CONNECT_AGAIN -> channel().connect(address());
      case INTERRUPTED_SELECT -> {
        Thread.currentThread().interrupt();
        selector().select(5);
      }
      case TALK -> talk(channel(), 0);
    }
  }

  private InetSocketAddress address() {
    return SCENARIOS[random.nextInt(SCENARIOS.length)].address(port);
  }

  private void open() throws IOException {
    SocketChannel channel = Racing.channel();
    channels.add(channel);
    channel.connect(address());
  }

  private void openAsync() throws IOException {
    if (async != null) {
      async.close();
    }
    async = AsynchronousSocketChannel.open();
    Future<Void> connect = async.connect(address());
    if (random.nextBoolean()) {
      Racing.letPass(random.nextInt(10));
      connect.cancel(true);
    }
  }

  private SocketChannel channel() throws IOException {
    if (channels.isEmpty()) {
      open();
    }
    return channels.get(random.nextInt(channels.size()));
  }

  private Selector selector() throws IOException {
    selectors.removeIf(selector -> !selector.isOpen());
    if (selectors.size() < 3) {
      selectors.add(Selector.open());
    }
    return selectors.get(random.nextInt(selectors.size()));
  }

  private SelectionKey key() throws IOException {
    for (SelectionKey key : selector().keys()) {
      return key;
    }
    throw new IllegalStateException("no key");
  }

  private void finish(SocketChannel channel) throws IOException {
    if (!channel.isBlocking() && channel.finishConnect()) {
      tally.count("connected");
      talk(channel, random.nextInt(PATIENT) == 0 ? PATIENCE_MILLIS : 0);
    }
  }

  /** Only for a moment: a finishConnect would hang with a name that is all dead. */
  private void switchBlocking(SocketChannel channel) throws IOException {
    channel.configureBlocking(true);
    Racing.letPass(random.nextInt(3));
    channel.configureBlocking(false);
  }

  /**
   * The service tells the port it sees us at; it must be ours.
   *
   * @param millis how long to wait for it at most
   */
  private void talk(SocketChannel channel, int millis) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(100);
    if (channel.isBlocking()) {
      return;
    }
    int read = channel.read(buffer);
    for (int waited = 0; read == 0 && waited < millis; waited++) {
      Racing.letPass(1);
      read = channel.read(buffer);
    }
    if (read <= 0) {
      return;
    }
    String line = StandardCharsets.US_ASCII.decode(buffer.flip()).toString().strip();
    int own = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    String peer = ((InetSocketAddress) channel.getRemoteAddress()).getAddress().getHostAddress();
    tally.count("talked");
    if (!line.endsWith(" " + own) || !line.startsWith(peer + " ")) {
      tally.wrong(channel + " was told " + line);
    }
  }
}
