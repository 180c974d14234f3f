package io.heagent.engine.order;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.engine.order.CandidateFilter.LeftOut;
import io.heagent.engine.order.CandidateFilter.Parted;
import io.heagent.engine.order.ScopeGuard.Barrier;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CandidateFilterTest {

  private static final InetAddress GIVEN = Delivered.of("1.1.1.1");

  private static final List<InetAddress> ALL =
      list("1.1.1.1", "8.8.8.8", "10.0.0.1", "fe80::1", "::ffff:127.0.0.1", "fd00:ec2::254");

  private static List<InetAddress> list(String... literals) {
    return Stream.of(literals).map(Delivered::of).toList();
  }

  private static CandidateFilter filter(InetAddress requested, Barrier limit) {
    return new CandidateFilter(requested, limit, List.of(), null, List.of(), address -> true);
  }

  private static Parted part(Barrier limit) {
    return filter(GIVEN, limit).part(ALL);
  }

  @Test
  void eachLimitLetsMorePass() {
    assertEquals(ALL.subList(0, 2), part(Barrier.NONE).allowed());
    assertEquals(ALL.subList(0, 3), part(Barrier.SITE).allowed());
    assertEquals(ALL.subList(0, 5), part(Barrier.HOST).allowed());
  }

  @Test
  void whatIsLeftOutIsToldWithItsReason() {
    assertEquals(
        List.of(
            new LeftOut(GIVEN, ALL.get(2), Barrier.SITE),
            new LeftOut(GIVEN, ALL.get(3), Barrier.HOST),
            new LeftOut(GIVEN, ALL.get(4), Barrier.HOST),
            new LeftOut(GIVEN, ALL.get(5), Barrier.ALWAYS)),
        part(Barrier.NONE).leftOut());
  }

  /**
   * For a name that the program has not resolved, the first address may lead anywhere but to a
   * metadata service.
   */
  @Test
  void withoutRequestedAddressTheFirstStandsForIt() {
    CandidateFilter filter = filter(null, Barrier.HOST);
    assertEquals(ALL.subList(0, 5), filter.part(ALL).allowed());
    List<InetAddress> metadata = list("169.254.169.254", "fd00:ec2::254");
    assertEquals(metadata.subList(0, 1), filter.part(metadata).allowed());
  }

  @Test
  void nowhereIsNoCandidateInAnySpelling() {
    List<InetAddress> nowhere =
        list("0.0.0.0", "::", "::ffff:0.0.0.0", "224.0.0.1", "::ffff:224.0.0.1", "ff02::1");
    assertEquals(new Parted(List.of(), List.of()), filter(null, Barrier.HOST).part(nowhere));
  }

  @Test
  void excludedForbiddenAndUnreachableOnesAreInNeitherList() {
    CandidateFilter filter =
        new CandidateFilter(
            GIVEN,
            Barrier.NONE,
            List.of(),
            Delivered.of("192.0.2.100"),
            list("8.8.8.8"),
            address -> !address.equals(Delivered.of("9.9.9.9")));
    assertEquals(
        new Parted(list("1.1.1.1", "8.8.4.4"), List.of()),
        filter.part(list("1.1.1.1", "8.8.8.8", "9.9.9.9", "2606:4700::1", "fd00::1", "8.8.4.4")));
  }
}
