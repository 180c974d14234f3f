package io.heagent.agent.control;

import io.heagent.agent.observe.Reason;
import io.heagent.agent.observe.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What has been counted so far, for people. The numbers are read while connects go on. */
final class Counters {

  private Counters() {}

  static List<String> lines(Statistics counted) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "races: "
            + counted.races()
            + " ended, won by the first address "
            + counted.wonByFirst()
            + ", the second "
            + counted.wonBySecond()
            + ", a later one "
            + counted.wonByLater()
            + ", over IPv4 "
            + counted.wonOverIpv4()
            + ", over IPv6 "
            + counted.wonOverIpv6()
            + ", failed "
            + counted.failed()
            + ", cancelled "
            + counted.cancelled());
    lines.add(
        "saved: "
            + counted.savedMillis()
            + " ms (estimated), failures avoided "
            + counted.failuresAvoided()
            + ", extra attempts "
            + counted.extraAttempts()
            + ", begun with another address "
            + counted.reordered()
            + ", stood down "
            + counted.stoodDown());
    lines.add(
        "dead addresses known: "
            + counted.deadAddresses()
            + ", guard refusals "
            + counted.guardRefusals()
            + ", failed open "
            + counted.failedOpen());
    List<String> broken = counted.brokenAddresses();
    if (!broken.isEmpty()) {
      lines.add("broken while their siblings serve: " + String.join(", ", broken));
    }
    lines.add("left alone: " + leftAlone(counted));
    String observed = counted.observed().summary();
    if (observed != null) {
      lines.add(observed);
    }
    return lines;
  }

  private static String leftAlone(Statistics counted) {
    List<String> reasons = new ArrayList<>();
    for (Map.Entry<Reason, Long> reason : counted.leftAlone().entrySet()) {
      if (reason.getValue() > 0) {
        reasons.add(reason.getKey().text() + " " + reason.getValue());
      }
    }
    return reasons.isEmpty() ? "none" : String.join(", ", reasons);
  }
}
