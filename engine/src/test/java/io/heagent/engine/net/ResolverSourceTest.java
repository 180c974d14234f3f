package io.heagent.engine.net;

import static io.heagent.engine.resolve.Question.BOTH;
import static io.heagent.engine.resolve.Question.IPV4;
import static io.heagent.engine.resolve.Question.IPV6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.HappyEyeballs;
import io.heagent.engine.net.real.Loopback;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.resolve.SystemResolver;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connects whose addresses come one family at a time. No server listens on ::1. */
@Tag("socket")
class ResolverSourceTest {
  private static final Duration DELAY = Duration.ofMillis(50);

  private final Rig rig = new Rig();
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private Loopback net;
  private InetAddress six;

  @BeforeEach
  void open() throws IOException {
    net = new Loopback();
    six = InetAddress.getByName("::1");
  }

  @AfterEach
  void close() throws Exception {
    net.close();
    rig.close();
  }

  @Test
  void lateFamilyJoinsThoughEverythingHasFailed() throws Exception {
    CompletableFuture<Resolver.Listener> asked = new CompletableFuture<>();
    rig.plan = resolution(EnumSet.of(IPV6, IPV4), asked::complete);
    CompletableFuture<SocketChannel> future = rig.connector.connectAsync(rig.spec("x", port()));
    asked.join().answer(IPV6, List.of(six));
    rig.failed.await();
    rig.settle();
    asked.join().answer(IPV4, List.of(Loopback.address(1)));
    future.join().close();
    assertEquals(
        List.of(
            "resolved [[::1]]",
            "started 0 [::1]",
            "failed 0",
            "resolved [127.0.0.1]",
            "started 1 127.0.0.1",
            "won 1",
            "finished 2"),
        // the type of the failure depends on whether this host has IPv6 at all
        rig.events.stream().map(event -> event.replaceAll("(failed 0) .*", "$1")).toList());
  }

  @Test
  void missingAaaaCostsTheResolutionDelay() throws Exception {
    rig.plan =
        resolution(EnumSet.of(IPV6, IPV4), to -> to.answer(IPV4, List.of(Loopback.address(1))));
    long begin = System.nanoTime();
    rig.connector.connect(rig.spec("x", port())).close();
    assertTrue(System.nanoTime() - begin >= DELAY.toNanos(), "not before the delay");
    cancelled.await();
  }

  @Test
  void theWholeListIsWovenAgainAndNothingTriedTwice() throws Exception {
    InetAddress[] none = {Loopback.address(7), Loopback.address(8), Loopback.address(9)};
    rig.plan =
        resolution(
            EnumSet.of(IPV4, BOTH),
            to -> {
              to.answer(IPV4, List.of(none[0]));
              to.answer(BOTH, List.of(none[0], none[1], none[2], six));
            });
    ConnectException failure =
        assertThrows(ConnectException.class, () -> rig.connector.connect(rig.spec("x", port())));
    assertEquals(4, failure.getSuppressed().length);
    assertEquals("resolved [127.0.0.7, [::1], 127.0.0.8, 127.0.0.9]", rig.events.get(0));
  }

  @Test
  void failureOfBothIsTheLookups() {
    UnknownHostException first = new UnknownHostException("x: no AAAA");
    UnknownHostException second = new UnknownHostException("x: no A");
    rig.plan =
        resolution(
            EnumSet.of(IPV6, IPV4),
            to -> {
              to.failure(IPV6, first);
              to.failure(IPV4, second);
            });
    UnknownHostException failure =
        assertThrows(
            UnknownHostException.class, () -> rig.connector.connect(rig.spec("x", port())));
    assertEquals("x: no AAAA", failure.getMessage());
    assertSame(first, failure.getCause());
    assertSame(second, failure.getSuppressed()[0]);
    assertEquals(List.of("finished 0"), rig.events);
  }

  @Test
  void emptyAnswers() {
    rig.plan =
        resolution(
            EnumSet.of(IPV6, IPV4),
            to -> {
              to.answer(IPV4, List.of());
              to.answer(IPV6, List.of());
            });
    UnknownHostException failure =
        assertThrows(
            UnknownHostException.class, () -> rig.connector.connect(rig.spec("x", port())));
    assertEquals("x: no address", failure.getMessage());
  }

  @Test
  void whenAddressesHaveFailedTheirFailureCounts() {
    rig.plan =
        resolution(
            EnumSet.of(IPV6, IPV4),
            to -> {
              to.answer(IPV6, List.of(six));
              to.failure(IPV4, new UnknownHostException("x: no A"));
            });
    IOException failure =
        assertThrows(IOException.class, () -> rig.connector.connect(rig.spec("x", port())));
    assertTrue(failure.getMessage().contains("[::1]"), failure.getMessage());
  }

  @Test
  void timeoutCoversASilentResolver() throws Exception {
    rig.plan = resolution(EnumSet.of(IPV6, IPV4), to -> {});
    rig.options = rig.options.timeout(Duration.ofMillis(20));
    assertThrows(SocketTimeoutException.class, () -> rig.connector.connect(rig.spec("x", port())));
    cancelled.await();
  }

  @Test
  void cancellationReachesTheResolverAndWhatComesLaterIsIgnored() throws Exception {
    CompletableFuture<Resolver.Listener> asked = new CompletableFuture<>();
    rig.plan = resolution(EnumSet.of(IPV6, IPV4), asked::complete);
    CompletableFuture<SocketChannel> future = rig.connector.connectAsync(rig.spec("x", port()));
    Resolver.Listener listener = asked.join();
    future.cancel(true);
    cancelled.await();
    listener.answer(IPV6, List.of(six));
    listener.answer(IPV4, List.of(Loopback.address(1)));
    rig.finished.await();
    rig.settle();
    assertEquals(List.of("finished 0"), rig.events);
  }

  @Test
  void localAddressOfNoFittingFamily() throws Exception {
    rig.locals = List.of(Loopback.address(5));
    rig.plan = resolution(EnumSet.of(BOTH), to -> to.answer(BOTH, List.of(six)));
    assertThrows(SocketException.class, () -> rig.connector.connect(rig.spec("x", port())));
  }

  @Test
  void everyLocalAddressGetsItsTurn() throws Exception {
    rig.locals = List.of(Loopback.address(5), Loopback.address(6));
    rig.plan = resolution(EnumSet.of(BOTH), to -> to.answer(BOTH, List.of(Loopback.address(9))));
    ConnectException failure =
        assertThrows(ConnectException.class, () -> rig.connector.connect(rig.spec("x", port())));
    assertEquals(2, failure.getSuppressed().length);
  }

  @Test
  void brokenResolver() {
    rig.plan =
        resolution(
            EnumSet.of(BOTH),
            to -> {
              throw new IllegalStateException("broken");
            });
    assertThrows(IllegalStateException.class, () -> rig.connector.connect(rig.spec("x", port())));
    rig.plan = resolution(Set.of(), to -> {});
    assertThrows(
        IllegalArgumentException.class, () -> rig.connector.connect(rig.spec("x", port())));
  }

  /** If an answer cannot be used, the race is told. */
  @Test
  void brokenAnswerEndsTheRaceAndAnswersBeforeItCount() throws Exception {
    rig.plan = resolution(EnumSet.of(IPV6, IPV4), to -> to.answer(IPV6, null));
    assertThrows(NullPointerException.class, () -> rig.connector.connect(rig.spec("x", port())));
    rig.plan =
        resolution(
            EnumSet.of(IPV6, IPV4),
            to -> {
              to.answer(IPV6, List.of(six));
              to.answer(IPV4, null);
            });
    IOException failure =
        assertThrows(IOException.class, () -> rig.connector.connect(rig.spec("x", port())));
    assertTrue(failure.getMessage().contains("[::1]"), failure.getMessage());
  }

  @Test
  void errorOfTheResolverEndsTheRace() {
    rig.plan =
        resolution(
            EnumSet.of(BOTH),
            to -> {
              throw new StackOverflowError();
            });
    assertThrows(StackOverflowError.class, () -> rig.connector.connect(rig.spec("x", port())));
  }

  @Test
  void theFacadeWithTheSystemsResolver() throws IOException {
    HappyEyeballs eyeballs = HappyEyeballs.defaults().resolver(SystemResolver.combined(), DELAY);
    eyeballs.connect("localhost", port()).close();
    eyeballs.connect("127.0.0.1", port()).close();
    assertThrows(
        IllegalArgumentException.class,
        () -> eyeballs.resolver(SystemResolver.combined(), Duration.ofMillis(-1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> eyeballs.resolver(SystemResolver.combined(), Duration.ofMillis(2_001)));
  }

  private int port() {
    return net.port();
  }

  private interface Script {
    void play(Resolver.Listener to) throws IOException;
  }

  private AddressPlan resolution(Set<Question> questions, Script script) {
    Resolver resolver = new Scripted(questions, script, cancelled::countDown);
    return AddressPlan.DEFAULT.with(new Resolution(resolver, DELAY));
  }

  private record Scripted(Set<Question> questions, Script script, Runnable whenCancelled)
      implements Resolver {
    @Override
    public Query resolve(String host, Listener listener) {
      try {
        script.play(listener);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      return whenCancelled::run;
    }
  }
}
