package io.heagent.agent.check.render;

import io.heagent.agent.check.result.AddressSummary;
import io.heagent.agent.check.result.AttemptSpan;
import io.heagent.agent.check.result.CheckedRace;
import io.heagent.agent.check.result.LeftOut;
import io.heagent.agent.check.result.LookupSpan;
import io.heagent.agent.check.result.NotRaced;
import io.heagent.agent.check.result.PlainConnect;
import io.heagent.agent.check.result.TargetReport;
import io.heagent.engine.address.AddressText;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Everything that a check has found out, for programs. Times are milliseconds since the race began,
 * with three decimals; an unknown value is null. A later version may add a field within one {@code
 * format}; it removes none and changes the meaning of none.
 */
public final class JsonReport {

  private static final int FORMAT = 1;
  private static final int DECIMALS = 3;
  private static final long NANOS_OF_LAST_DECIMAL = 1_000L;

  private JsonReport() {}

  public static String of(List<TargetReport> reports) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("format", FORMAT);
    all.put("targets", reports.stream().map(JsonReport::target).toList());
    return JsonText.of(all);
  }

  private static Map<String, Object> target(TargetReport report) {
    TargetReport.Conditions conditions = report.conditions();
    boolean delay = conditions.delayNanos() != Long.MAX_VALUE;
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("host", report.target().host());
    map.put("port", report.target().port());
    map.put("delayMillis", delay ? millis(conditions.delayNanos()) : null);
    map.put("order", conditions.order());
    map.put("scope", conditions.scope());
    map.put("family", conditions.family());
    map.put("resolve", conditions.resolve());
    map.put("timeoutMillis", millis(conditions.timeoutNanos()));
    map.put("notRaced", notRaced(report.notRaced()));
    map.put("rounds", report.rounds().stream().map(JsonReport::round).toList());
    map.put(
        "summary", AddressSummary.of(report.rounds()).stream().map(JsonReport::summary).toList());
    return map;
  }

  private static Map<String, Object> notRaced(NotRaced why) {
    return why == null ? null : reason(why.reason().text(), why.words());
  }

  private static Map<String, Object> reason(String reason, String words) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("reason", reason);
    map.put("words", words);
    return map;
  }

  private static Map<String, Object> round(CheckedRace race) {
    AttemptSpan winner = race.winner();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("end", race.end().text());
    map.put("endMillis", millis(race.endNanos()));
    map.put("failure", race.failure());
    map.put("winner", winner == null ? null : text(winner.remote()));
    map.put("lookups", race.lookups().stream().map(JsonReport::lookup).toList());
    map.put("attempts", race.attempts().stream().map(JsonReport::attempt).toList());
    map.put("leftOut", race.leftOut().stream().map(JsonReport::leftOut).toList());
    map.put("plainJdk", plain(race.plain()));
    return map;
  }

  private static Map<String, Object> lookup(LookupSpan lookup) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("question", lookup.what());
    map.put("startMillis", millis(lookup.startNanos()));
    map.put("endMillis", millis(lookup.endNanos()));
    map.put("addresses", lookup.addresses().stream().map(JsonReport::text).toList());
    map.put("failure", lookup.failure());
    return map;
  }

  private static Map<String, Object> attempt(AttemptSpan attempt) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("address", text(attempt.remote()));
    map.put("source", text(attempt.source()));
    map.put("startMillis", millis(attempt.startNanos()));
    map.put("endMillis", millis(attempt.endNanos()));
    map.put("outcome", attempt.outcome().name().toLowerCase(Locale.ROOT));
    map.put("words", attempt.words());
    return map;
  }

  private static Map<String, Object> leftOut(LeftOut one) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("address", text(one.address()));
    map.putAll(reason(one.reason().text(), one.words()));
    return map;
  }

  private static Map<String, Object> plain(PlainConnect plain) {
    if (plain == null) {
      return null;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("address", text(plain.address()));
    map.put("end", plain.end().text());
    map.put("millis", millis(plain.nanos()));
    map.put("measured", plain.measured());
    map.put("words", plain.words());
    return map;
  }

  private static Map<String, Object> summary(AddressSummary summary) {
    List<Long> won = summary.wonNanos();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("address", text(summary.address()));
    map.put("tried", summary.tried());
    map.put("connected", summary.won());
    map.put("failed", summary.failed());
    map.put("unanswered", summary.unanswered());
    map.put("fastestMillis", won.isEmpty() ? null : millis(won.get(0)));
    map.put("medianMillis", won.isEmpty() ? null : millis(AddressSummary.median(won)));
    map.put("slowestMillis", won.isEmpty() ? null : millis(won.get(won.size() - 1)));
    return map;
  }

  private static String text(InetAddress address) {
    return address == null ? null : AddressText.of(address);
  }

  private static BigDecimal millis(long nanos) {
    return BigDecimal.valueOf(nanos / NANOS_OF_LAST_DECIMAL, DECIMALS);
  }
}
