package io.heagent.engine.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.loop.EventLoop;
import io.heagent.engine.loop.SteeredLoop;
import io.heagent.engine.net.real.Loopback;
import io.heagent.engine.race.Attempt;
import io.heagent.engine.race.AttemptContext;
import io.heagent.engine.race.AttemptSource;
import io.heagent.engine.time.DaemonThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Connects that cannot begin, and those to addresses that the caller has given. */
class ConnectBeginTest {

  private final List<String> answers = new ArrayList<>();
  private final List<InetAddress> resolved = new ArrayList<>();

  private final class Race implements AttemptSource.Answer<SocketChannel> {
    @Override
    public void attempt(Attempt<SocketChannel> attempt) {
      answers.add(attempt.toString());
    }

    @Override
    public void exhausted() {
      answers.add("exhausted");
    }

    @Override
    public void error(Throwable error) {
      throw new AssertionError(error);
    }
  }

  private AddressListSource source(List<InetAddress> addresses, InetAddress... locals) {
    ConnectSettings settings = ConnectSettings.DEFAULT.withLocalAddresses(List.of(locals));
    return new AddressListSource(
        new ConnectSpec("x", 443, addresses, settings), resolved::addAll, ConnectBeginTest::made);
  }

  private static Attempt<SocketChannel> made(Target target) {
    return new Attempt<>() {
      @Override
      public void start(AttemptContext<SocketChannel> context) {
        throw new AssertionError("not started here");
      }

      @Override
      public String toString() {
        return target.remote().getAddress().getHostAddress();
      }
    };
  }

  @Test
  void addressesThatAreGivenAreWovenOnce() throws IOException {
    InetAddress one = Loopback.address(1);
    InetAddress two = Loopback.address(2);
    InetAddress six = InetAddress.getByName("::1");
    AddressListSource source = source(List.of(one, two, six));
    for (int i = 0; i < 4; i++) {
      source.next(new Race());
    }
    assertEquals(List.of("127.0.0.1", "0:0:0:0:0:0:0:1", "127.0.0.2", "exhausted"), answers);
    assertEquals(List.of(one, six, two), resolved);
  }

  @Test
  void noAddressIsNoHost() {
    AddressListSource source = source(List.of());
    UnknownHostException failure =
        assertThrows(UnknownHostException.class, () -> source.next(new Race()));
    assertEquals("x: no address", failure.getMessage());
  }

  /** The listener is told of no addresses that nothing can be sent to. */
  @Test
  void localAddressesOfTheOtherFamilyLeaveNoPair() throws IOException {
    AddressListSource source = source(List.of(Loopback.address(1)), InetAddress.getByName("::1"));
    SocketException failure = assertThrows(SocketException.class, () -> source.next(new Race()));
    assertEquals(
        "No local address of the same family as any remote address: x:443", failure.getMessage());
    assertEquals(List.of(), resolved);
  }

  @Test
  void callerIsToldThatThereIsNoSelector() {
    IOException tooMany = new IOException("too many open files");
    EventLoop loop =
        new EventLoop(
            "he-none",
            0,
            () -> {
              throw tooMany;
            },
            DaemonThreads.printing());
    Connector connector = new Connector(loop, Rig.resolver(host -> new InetAddress[0]));
    ConnectSpec spec = new ConnectSpec("x", 443, null, ConnectSettings.DEFAULT);
    assertSame(tooMany, assertThrows(IOException.class, () -> connector.connect(spec)));
    CompletableFuture<SocketChannel> future = connector.connectAsync(spec);
    assertSame(tooMany, assertThrows(CompletionException.class, future::join).getCause());
  }

  @Test
  void listenerMustNotWaitForItsOwnThread() {
    Connector connector =
        new Connector(new SteeredLoop(), Rig.resolver(host -> new InetAddress[0]));
    ConnectSpec spec = new ConnectSpec("x", 443, null, ConnectSettings.DEFAULT);
    String said =
        assertThrows(IllegalStateException.class, () -> connector.connect(spec)).getMessage();
    assertTrue(said.startsWith("a listener must not connect"), said);
  }
}
