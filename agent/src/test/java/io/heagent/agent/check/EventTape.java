package io.heagent.agent.check;

import io.heagent.agent.check.result.CheckedRace;
import io.heagent.agent.check.result.LeftOut;
import io.heagent.agent.config.rule.RaceRule.Scope;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.resolve.Question;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Events of the engine and the resolver on a virtual clock, played to a recorder. */
final class EventTape {
  private static final long BEGIN = 1_000_000_000_000L;

  private final List<String> progress = new ArrayList<>();
  private final Map<InetAddress, InetAddress> sources = new HashMap<>();
  private long now = BEGIN;
  private final RaceRecorder recorder = new RaceRecorder(() -> now, Question.IPV4, progress::add);

  static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }

  static List<InetAddress> addresses(String... literals) {
    return List.of(literals).stream().map(EventTape::address).toList();
  }

  private static InetSocketAddress remote(String literal) {
    return new InetSocketAddress(address(literal), 443);
  }

  /** What follows happens so many microseconds after the begin. */
  EventTape at(long micros) {
    now = BEGIN + micros * 1_000;
    return this;
  }

  EventTape source(String remote, String source) {
    sources.put(address(remote), address(source));
    return this;
  }

  EventTape asked() {
    recorder.asked(Set.of(Question.BOTH));
    return this;
  }

  /** Each family apart. */
  EventTape askedApart() {
    recorder.asked(EnumSet.of(Question.IPV6, Question.IPV4));
    return this;
  }

  EventTape answered(Question question, String... literals) {
    List<InetAddress> addresses = addresses(literals);
    recorder.answered(question, addresses, new CandidateSieve.Sifted(addresses, List.of()));
    return this;
  }

  EventTape unanswered(Question question) {
    recorder.unanswered(question);
    return this;
  }

  EventTape answered(String... literals) {
    List<InetAddress> addresses = addresses(literals);
    recorder.answered(
        Question.BOTH,
        addresses,
        new CandidateSieve("any", Scope.AUTO, false).sift(null, addresses));
    return this;
  }

  /** With reasons for what is left out. */
  EventTape answered(List<InetAddress> allowed, List<LeftOut> leftOut) {
    List<InetAddress> all = new ArrayList<>(allowed);
    leftOut.forEach(one -> all.add(one.address()));
    return answered(all, allowed, leftOut);
  }

  /** In this order. */
  EventTape answered(List<InetAddress> all, List<InetAddress> allowed, List<LeftOut> leftOut) {
    recorder.answered(Question.BOTH, all, new CandidateSieve.Sifted(allowed, leftOut));
    return this;
  }

  EventTape unanswered() {
    recorder.unanswered(Question.BOTH);
    return this;
  }

  EventTape started(int attempt, String literal) {
    recorder.started(attempt, remote(literal), null);
    return this;
  }

  EventTape refused(int attempt, String literal) {
    recorder.failed(attempt, remote(literal), new ConnectException("Connection refused"), 0);
    return this;
  }

  EventTape lost(int attempt, String literal, Outcome reason) {
    recorder.lost(attempt, remote(literal), reason, 0);
    return this;
  }

  EventTape won(int attempt, String literal) {
    recorder.won(attempt, remote(literal), 0);
    return this;
  }

  EventTape finished() {
    recorder.finished("www.test", 443, 0);
    return this;
  }

  List<String> progress() {
    return progress;
  }

  CheckedRace race(CheckedRace.End end, String failure) {
    return recorder.race(end, failure, sources::get);
  }
}
