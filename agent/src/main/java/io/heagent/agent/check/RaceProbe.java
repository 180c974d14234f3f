package io.heagent.agent.check;

import io.heagent.agent.check.result.CheckedRace;
import io.heagent.agent.check.result.CheckedRace.End;
import io.heagent.agent.check.result.Target;
import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.resolve.JdkFamilyLookup;
import io.heagent.agent.resolve.SystemSite;
import io.heagent.engine.HappyEyeballs;
import io.heagent.engine.address.PolicyTable;
import io.heagent.engine.host.SourceAddresses;
import io.heagent.engine.order.SiteNames;
import io.heagent.engine.resolve.FamilyLookup;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.resolve.SystemResolver;
import io.heagent.engine.time.SystemScheduler;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Has the engine run one race over the system's resolver, and records it. One thread at a time. */
final class RaceProbe {

  /** The Resolution Delay of RFC 8305, section 8. */
  private static final Duration RESOLUTION_DELAY = Duration.ofMillis(50);

  private final CheckOptions options;
  private final SiteNames siteNames;
  private final FamilyLookup families;
  private final Resolver resolver;

  /**
   * Makes races.
   *
   * @param fast whether to look the families up apart, as the agent does with {@code resolve=fast}
   */
  RaceProbe(CheckOptions options, boolean fast) {
    this.options = options;
    this.families = fast ? JdkFamilyLookup.ofThisCommand(instrumentation()) : FamilyLookup.COMBINED;
    this.resolver = new SystemResolver(families);
    this.siteNames = new SystemSite(SystemScheduler.shared()).read();
  }

  /** What the JVM has given this jar; null where the jar was not started as a program. */
  private static Instrumentation instrumentation() {
    return RaceProbe.class.getClassLoader() instanceof Supplier<?> loader
            && loader.get() instanceof Object[] given
            && given.length == 1
        ? (Instrumentation) given[0]
        : null;
  }

  /**
   * Runs a race with this process itself, over the loopback interface and without a resolver. The
   * first race of a JVM loads classes, and that time would look like a delay of the network.
   */
  void warmUp() {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FamilyLookup known =
          new FamilyLookup() {
            @Override
            public Set<Question> questions() {
              return Set.of(Question.BOTH);
            }

            @Override
            public List<InetAddress> find(String host, Question question) {
              return List.of(server.getInetAddress());
            }
          };
      Target self = new Target("warm-up.invalid", server.getLocalPort());
      run(self, RaceRule.DEFAULT, new SystemResolver(known), doing -> {});
    } catch (IOException noLoopback) {
      // Then the first race is shown with the time for loading classes.
    }
  }

  /**
   * Runs one race.
   *
   * @param progress is told what is under way
   */
  CheckedRace run(Target target, RaceRule rule, Consumer<String> progress) {
    return run(target, rule, resolver, progress);
  }

  private CheckedRace run(
      Target target, RaceRule rule, Resolver answers, Consumer<String> progress) {
    RaceRecorder recorder =
        new RaceRecorder(System::nanoTime, JdkFamilyLookup.preferred(families), progress);
    CandidateSieve sieve =
        new CandidateSieve(options.family(), rule.scope(), siteNames.contains(target.host()));
    WatchedResolver watched = new WatchedResolver(answers, sieve, recorder);
    HappyEyeballs eyeballs = eyeballs(rule, watched).listener(recorder);
    Function<InetAddress, InetAddress> sources = new SourceAddresses();
    End end;
    String failure = null;
    try (SocketChannel channel = eyeballs.connect(target.host(), target.port())) {
      sources = known(channel, sources);
      end = End.CONNECTED;
    } catch (IOException e) {
      failure = e.getMessage();
      end = end(e);
    }
    try {
      recorder.awaitAnswers(options.timeoutNanos());
    } catch (InterruptedException noLonger) {
      Thread.currentThread().interrupt();
    }
    watched.end();
    return recorder.race(end, failure, sources);
  }

  private static End end(IOException failure) {
    if (failure instanceof UnknownHostException) {
      return End.NO_ADDRESS;
    }
    return failure instanceof SocketTimeoutException ? End.TIMED_OUT : End.FAILED;
  }

  private HappyEyeballs eyeballs(RaceRule rule, Resolver resolver) {
    HappyEyeballs eyeballs =
        HappyEyeballs.defaults()
            .timeout(Duration.ofNanos(options.timeoutNanos()))
            .maxInFlight(rule.maxInFlight())
            .resolver(resolver, RESOLUTION_DELAY);
    eyeballs =
        rule.delayNanos() == RaceRule.DELAY_OFF
            ? eyeballs.sequential()
            : eyeballs.delay(Duration.ofNanos(rule.delayNanos()));
    eyeballs =
        rule.firstFamilyCount() == 0
            ? eyeballs.keepOrder()
            : eyeballs.firstFamilyCount(rule.firstFamilyCount());
    return rule.rfc6724() ? eyeballs.sortedBy(PolicyTable.DEFAULT) : eyeballs;
  }

  /** The winner's own source address is known; for the other attempts the system is asked. */
  private static Function<InetAddress, InetAddress> known(
      SocketChannel winner, Function<InetAddress, InetAddress> others) throws IOException {
    InetAddress local = ((InetSocketAddress) winner.getLocalAddress()).getAddress();
    InetAddress remote = ((InetSocketAddress) winner.getRemoteAddress()).getAddress();
    return address -> address.equals(remote) ? local : others.apply(address);
  }
}
