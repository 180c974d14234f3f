package io.heagent.engine.net;

import static io.heagent.engine.resolve.Question.BOTH;
import static io.heagent.engine.resolve.Question.IPV4;
import static io.heagent.engine.resolve.Question.IPV6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.address.AddressText;
import io.heagent.engine.loop.SteeredLoop;
import io.heagent.engine.net.real.Loopback;
import io.heagent.engine.race.Attempt;
import io.heagent.engine.race.AttemptContext;
import io.heagent.engine.race.AttemptSource;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.Resolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A source whose look-up answers step by step, on a loop that runs each task at once. */
class ResolverSourceStepsTest {

  private final SteeredLoop loop = new SteeredLoop();

  /** What the race was answered, the texts of targets in it. */
  private final List<Object> answers = new ArrayList<>();

  private final List<String> resolved = new ArrayList<>();
  private Set<Question> questions = Set.of(IPV6, IPV4);
  private List<InetAddress> locals = List.of();
  private Resolver.Listener lookUp;
  private boolean cancelled;

  /** What {@code whenResolved} and the making of an attempt throw; null for nothing. */
  private RuntimeException failureToTell;

  private RuntimeException failureToMake;

  private final InetAddress one = Loopback.address(1);
  private final InetAddress two = Loopback.address(2);
  private final InetAddress six = InetAddress.getByName("::1");

  ResolverSourceStepsTest() throws IOException {}

  private final class Scripted implements Resolver {
    @Override
    public Set<Question> questions() {
      return questions;
    }

    @Override
    public Query resolve(String host, Listener listener) {
      lookUp = listener;
      return () -> cancelled = true;
    }
  }

  private record Made(Target target) implements Attempt<SocketChannel> {
    @Override
    public void start(AttemptContext<SocketChannel> context) {
      throw new AssertionError("not started here");
    }

    @Override
    public String toString() {
      String to = AddressText.of(target.remote().getAddress());
      return target.local() == null ? to : to + " from " + AddressText.of(target.local());
    }
  }

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
      answers.add(error);
    }
  }

  private ResolverSource source() {
    ConnectSettings settings = ConnectSettings.DEFAULT.withLocalAddresses(locals);
    return new ResolverSource(
        loop,
        new ConnectSpec("host.example", 443, null, settings),
        new Resolution(new Scripted(), Duration.ofMillis(50)),
        addresses -> {
          resolved.add(addresses.stream().map(AddressText::of).toList().toString());
          if (failureToTell != null) {
            throw failureToTell;
          }
        },
        target -> {
          if (failureToMake != null) {
            throw failureToMake;
          }
          return new Made(target);
        });
  }

  /** The race asks, and is answered this so far. */
  private void asks(ResolverSource source, Object... soFar) {
    source.next(new Race());
    assertEquals(List.of(soFar), answers);
  }

  private void answered(Object... soFar) {
    assertEquals(List.of(soFar), answers);
  }

  @Test
  void raceIsAnsweredAsAddressesCome() {
    ResolverSource source = source();
    asks(source);
    lookUp.answer(IPV6, List.of(six));
    answered("[::1]");
    asks(source, "[::1]");
    lookUp.answer(IPV4, List.of(one, two));
    answered("[::1]", "127.0.0.1");
    asks(source, "[::1]", "127.0.0.1", "127.0.0.2");
    asks(source, "[::1]", "127.0.0.1", "127.0.0.2", "exhausted");
    assertEquals(List.of("[[::1]]", "[127.0.0.1, 127.0.0.2]"), resolved);
  }

  /** The Resolution Delay: IPv4 addresses that come first wait this long for the others. */
  @Test
  void otherFamilyIsWaitedForFiftyMilliseconds() {
    ResolverSource source = source();
    asks(source);
    loop.time.at(10);
    lookUp.answer(IPV4, List.of(one));
    loop.time.at(60);
    answered();
    loop.time.through(60);
    answered("127.0.0.1");
  }

  /** The race must not wait for ever for addresses that nobody can give it any more. */
  @Test
  void raceIsToldThatTheLoopCannotBeStarted() {
    asks(source());
    IOException noSelector = new IOException("too many open files");
    loop.noThread = () -> new UncheckedIOException(noSelector);
    lookUp.answer(IPV6, List.of(six));
    answered(noSelector);
  }

  @Test
  void raceIsToldAnyOtherErrorOfTheLoop() {
    asks(source());
    loop.noMemory = new OutOfMemoryError("no thread");
    lookUp.answer(IPV6, List.of(six));
    answered(loop.noMemory);
  }

  /** It has an attempt, and asks again when that has failed. */
  @Test
  void raceThatDoesNotWaitIsToldNothing() {
    ResolverSource source = source();
    asks(source);
    lookUp.answer(IPV6, List.of(six));
    loop.noMemory = new OutOfMemoryError("no thread");
    lookUp.answer(IPV4, List.of(one));
    answered("[::1]");
  }

  @Test
  void sourceThatIsClosedGivesTheLookUpUpAndAnswersNothing() {
    ResolverSource source = source();
    asks(source);
    source.close();
    assertTrue(cancelled);
    lookUp.answer(IPV6, List.of(six));
    answered();
    assertEquals(List.of(), resolved);
    source().close(); // nothing has begun
  }

  /** A task that was on its way to the loop when the race ended. */
  @Test
  void newsAfterTheEndChangeNothing() {
    ResolverSource source = source();
    asks(source);
    lookUp.answer(IPV6, List.of(six));
    assertFalse(cancelled);
    int before = loop.tasks;
    source.close();
    lookUp.answer(IPV4, List.of(one));
    answered("[::1]");
    assertEquals(before, loop.tasks);
  }

  /**
   * The other local addresses of a remote address that has been tried come before new addresses.
   */
  @Test
  void localAddressesOfATriedAddressStayFirst() throws IOException {
    questions = Set.of(IPV4, BOTH);
    locals = List.of(Loopback.address(7), Loopback.address(8));
    ResolverSource source = source();
    asks(source);
    lookUp.answer(IPV4, List.of(one, two));
    loop.time.through(50);
    answered("127.0.0.1 from 127.0.0.7");
    answers.clear();
    InetAddress three = Loopback.address(3);
    lookUp.answer(BOTH, List.of(three, one, two));
    for (int i = 0; i < 6; i++) {
      source.next(new Race());
    }
    answered(
        "127.0.0.1 from 127.0.0.8",
        "127.0.0.3 from 127.0.0.7",
        "127.0.0.3 from 127.0.0.8",
        "127.0.0.2 from 127.0.0.7",
        "127.0.0.2 from 127.0.0.8",
        "exhausted");
  }

  @Test
  void noLocalAddressOfAFamilyIsAFailureOfItsOwn() throws IOException {
    locals = List.of(Loopback.address(7));
    asks(source());
    lookUp.answer(IPV6, List.of(six));
    answered();
    lookUp.answer(IPV4, List.of());
    assertEquals(SocketException.class, answers.get(0).getClass());
  }

  /** What is known by then is tried; the failure ends the race once that is over. */
  @Test
  void failureToOrderEndsTheSourceAfterWhatIsKnown() {
    failureToTell = new IllegalStateException("listener");
    ResolverSource source = source();
    asks(source);
    lookUp.answer(IPV6, List.of(six));
    answered("[::1]");
    asks(source, "[::1]", failureToTell);
  }

  @Test
  void attemptThatCannotBeMadeIsAnError() {
    failureToMake = new IllegalStateException("no attempt");
    asks(source());
    lookUp.answer(IPV6, List.of(six));
    answered(failureToMake);
    assertSame(failureToMake, answers.get(0));
  }
}
