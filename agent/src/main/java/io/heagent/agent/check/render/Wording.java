package io.heagent.agent.check.render;

import io.heagent.agent.check.result.AttemptSpan;
import io.heagent.agent.check.result.CheckedRace;
import io.heagent.agent.check.result.CheckedRace.End;
import io.heagent.agent.check.result.LeftOut;
import io.heagent.agent.check.result.LookupSpan;
import io.heagent.agent.check.result.NotRaced;
import io.heagent.agent.check.result.PlainConnect;
import io.heagent.agent.check.result.Target;
import io.heagent.engine.address.AddressText;
import java.util.ArrayList;
import java.util.List;

/** The sentences that both the text and the picture use. */
final class Wording {

  private static final long TENTH_OF_MILLI = 100_000L;
  private static final long MILLI = 1_000_000L;

  private Wording() {}

  /**
   * Milliseconds without their unit, such as {@code 0.3} or {@code 256}. Times below ten
   * milliseconds have tenths.
   */
  static String number(long nanos) {
    long tenths = (nanos + TENTH_OF_MILLI / 2) / TENTH_OF_MILLI;
    if (tenths >= 100 || tenths % 10 == 0) {
      return Long.toString((nanos + MILLI / 2) / MILLI);
    }
    return tenths / 10 + "." + tenths % 10;
  }

  static String millis(long nanos) {
    return number(nanos) + " ms";
  }

  static String span(long startNanos, long endNanos) {
    return number(startNanos) + " to " + millis(endNanos);
  }

  static String count(int count, String one, String more) {
    return count + " " + (count == 1 ? one : more);
  }

  /** One line on how the race ended. */
  static String headline(Target target, CheckedRace race) {
    String how = " (" + addresses(race.addresses().size()) + ", " + tried(race) + ")";
    String after = " after " + millis(race.endNanos());
    if (race.end() == End.CONNECTED) {
      return target + ": connected to " + AddressText.of(race.winner().remote()) + after + how;
    } else if (race.end() == End.NO_ADDRESS) {
      return target + ": no address" + after + " (" + race.failure() + ")";
    } else if (race.end() == End.TIMED_OUT) {
      return target + ": not connected within the timeout," + after + how;
    }
    return target + ": not connected, each address tried has failed" + after + how;
  }

  private static String addresses(int count) {
    return count(count, "address", "addresses");
  }

  private static String tried(CheckedRace race) {
    return race.attempts().size() + " tried";
  }

  /** The result of a look-up. */
  static String found(CheckedRace race, LookupSpan lookup) {
    String found =
        lookup.failure() == null ? addresses(lookup.addresses().size()) : lookup.failure();
    return isLate(race, lookup) ? found + ", late" : found;
  }

  /** Whether the race was over before this answer came. */
  private static boolean isLate(CheckedRace race, LookupSpan lookup) {
    return lookup.isAnswered() && lookup.endNanos() > race.endNanos();
  }

  /** The source address of an attempt. */
  static String from(AttemptSpan attempt) {
    return attempt.source() == null ? "no route" : "from " + AddressText.of(attempt.source());
  }

  /**
   * What the JDK alone would have done, and how long it would have taken; null if that is unknown.
   */
  static String plain(CheckedRace race) {
    PlainConnect plain = race.plain();
    if (plain == null) {
      return null;
    }
    String text = AddressText.of(plain.address()) + " alone: " + plain.words();
    if (plain.end() == PlainConnect.End.SILENT) {
      text += " within " + millis(plain.nanos());
    } else {
      text += (race.isLookedUpLonger() ? " after more than " : " after ") + millis(plain.nanos());
    }
    text += plain.measured() ? ", as a plain connect has shown" : ", as seen in the race";
    return text;
  }

  /** What the race has gained; null if there is nothing to compare it with. */
  static String worth(CheckedRace race) {
    PlainConnect plain = race.plain();
    if (plain == null) {
      return null;
    } else if (race.end() != End.CONNECTED) {
      if (plain.end() != PlainConnect.End.CONNECTED) {
        return "none: no address answers";
      }
      return race.isKeptFrom(plain.address())
          ? "none: the race was kept from that address"
          : "the race has failed where a later plain connect has not: look again";
    }
    long saved = plain.nanos() - race.endNanos();
    if (plain.end() == PlainConnect.End.FAILED) {
      return "a connection in place of a failure";
    } else if (race.isLookedUpLonger()) {
      return "more than " + millis(saved);
    } else if (plain.address().equals(race.winner().remote())) {
      return race.lookedUpNanos() > race.endNanos()
          ? millis(saved) + ": the late answer was not waited for"
          : "none now: the first address answers";
    } else if (plain.end() == PlainConnect.End.SILENT) {
      return "more than " + millis(saved);
    }
    return saved > 0 ? millis(saved) : "none now: the first address is about as fast";
  }

  /** The addresses that were not tried, one line each. */
  static List<String> leftOut(CheckedRace race) {
    List<String> lines = new ArrayList<>();
    for (LeftOut one : race.leftOut()) {
      lines.add(AddressText.of(one.address()) + " (" + one.reason().text() + "): " + one.words());
    }
    return lines;
  }

  /** Why the agent would not race the connect. */
  static String notRaced(NotRaced why) {
    return "would leave this connect alone (" + why.reason().text() + "): " + why.words();
  }
}
