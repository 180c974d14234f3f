package io.heagent.engine.order.rfc6724;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.engine.address.PolicyTable;
import io.heagent.engine.order.Candidate;
import io.heagent.engine.order.Rfc6724;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 6724 sections 10.1 and 10.2 with the default policy table. */
class Rfc6724ExamplesTest {

  /** The examples also check how this test chooses sources, and so scopes, labels and prefixes. */
  @ParameterizedTest
  @CsvSource({
    "2001:db8:1::1, 2001:db8:3::1 fe80::1, 2001:db8:3::1",
    "ff05::1, 2001:db8:3::1 fe80::1, 2001:db8:3::1",
    "2001:db8:1::1, 2001:db8:1::1(deprecated) 2001:db8:2::1, 2001:db8:1::1",
    "fe80::1, fe80::2(deprecated) 2001:db8:1::1, fe80::2",
    "2001:db8:1::1, 2001:db8:1::2 2001:db8:3::2, 2001:db8:1::2",
    "2001:db8:1::1, 2001:db8:1::2(care-of) 2001:db8:3::2(home), 2001:db8:3::2",
    "2002:c633:6401::1, 2002:c633:6401::d5e3:7953:13eb:22e8(temporary) 2001:db8:1::2, "
        + "2002:c633:6401::d5e3:7953:13eb:22e8",
    "2001:db8:1::d5e3:0:0:1, 2001:db8:1::2 2001:db8:1::d5e3:7953:13eb:22e8(temporary), "
        + "2001:db8:1::d5e3:7953:13eb:22e8"
  })
  void section101(String destination, String sources, String expected) {
    InetAddress wanted = SourceSelection.ip(destination);
    List<SourceSelection> forwards = SourceSelection.of(sources);
    List<SourceSelection> backwards = List.of(forwards.get(1), forwards.get(0));
    for (List<SourceSelection> order : List.of(forwards, backwards)) {
      assertEquals(SourceSelection.ip(expected), SourceSelection.select(wanted, order).address());
    }
  }

  @ParameterizedTest
  @CsvSource({
    // prefer matching scope
    "2001:db8:1::2 fe80::1 169.254.13.78, 2001:db8:1::1 198.51.100.121",
    "fe80::1 198.51.100.117, 198.51.100.121 2001:db8:1::1",
    // prefer higher precedence
    "2001:db8:1::2 fe80::1 10.1.2.4, 2001:db8:1::1 10.1.2.3",
    // prefer smaller scope
    "2001:db8:1::2 fe80::2, fe80::1 2001:db8:1::1",
    // prefer home address
    "2001:db8:1::2(care-of) 2001:db8:3::1(home) fe80::2(care-of), 2001:db8:1::1 fe80::1",
    // avoid deprecated addresses
    "2001:db8:1::2 fe80::2(deprecated), 2001:db8:1::1 fe80::1",
    // longest matching prefix
    "2001:db8:1::2 2001:db8:3f44::2 fe80::2, 2001:db8:1::1 2001:db8:3ffe::1",
    // prefer matching label
    "2002:c633:6401::2 fe80::2, 2002:c633:6401::1 2001:db8:1::1",
    // prefer higher precedence
    "2002:c633:6401::2 2001:db8:1::2 fe80::2, 2001:db8:1::1 2002:c633:6401::1"
  })
  void section102(String sources, String expected) {
    List<InetAddress> sorted = new ArrayList<>();
    for (String address : expected.split(" ", -1)) {
      sorted.add(SourceSelection.ip(address));
    }
    List<Candidate> candidates = new ArrayList<>();
    for (InetAddress destination : sorted) {
      SourceSelection source = SourceSelection.select(destination, SourceSelection.of(sources));
      candidates.add(source.towards(destination));
    }
    List<Candidate> backwards = List.of(candidates.get(1), candidates.get(0));
    for (List<Candidate> given : List.of(candidates, backwards)) {
      List<Candidate> result = Rfc6724.sort(given, PolicyTable.DEFAULT);
      assertEquals(sorted, result.stream().map(Candidate::destination).toList());
    }
  }
}
