package io.heagent.agent.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.check.CandidateSieve.Sifted;
import io.heagent.agent.check.result.LeftOut;
import io.heagent.agent.check.result.LeftOut.Reason;
import io.heagent.agent.config.rule.RaceRule.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left out, and for which reason. The addresses are only looked at. */
class CandidateSieveTest {
  private static final String PUBLIC = "2600::1";
  private static final String PRIVATE = "10.1.2.3";
  private static final String METADATA = "169.254.169.254";

  private static Sifted sift(String family, Scope scope, boolean own, String... answer) {
    return new CandidateSieve(family, scope, own).sift(null, EventTape.addresses(answer));
  }

  private static LeftOut leftOut(String literal, Reason reason, String words) {
    return new LeftOut(EventTape.address(literal), reason, words);
  }

  @Test
  void aMorePrivateAddressIsKeptOutAndSaysWhy() {
    Sifted sifted = sift("any", Scope.AUTO, false, PUBLIC, PRIVATE);
    assertEquals(EventTape.addresses(PUBLIC), sifted.allowed());
    assertEquals(
        List.of(
            leftOut(
                PRIVATE,
                Reason.SCOPE,
                "it is private, and [2600::1], the first address, is not (scope=auto)")),
        sifted.leftOut());
  }

  /** The answers for the two families, one after the other, are those of one name. */
  @Test
  void aLaterAnswerIsComparedWithTheFirstOne() {
    Sifted sifted =
        new CandidateSieve("any", Scope.AUTO, false)
            .sift(EventTape.address(PUBLIC), EventTape.addresses(PRIVATE));
    assertEquals(List.of(), sifted.allowed());
    assertEquals(Reason.SCOPE, sifted.leftOut().get(0).reason());
  }

  @Test
  void namesOfTheSiteLeadThere() {
    assertEquals(
        EventTape.addresses(PUBLIC, PRIVATE),
        sift("any", Scope.AUTO, true, PUBLIC, PRIVATE).allowed());
    assertEquals(
        EventTape.addresses(PUBLIC), sift("any", Scope.STRICT, true, PUBLIC, PRIVATE).allowed());
    assertEquals(
        EventTape.addresses(PUBLIC, PRIVATE),
        sift("any", Scope.ANY, false, PUBLIC, PRIVATE).allowed());
  }

  @Test
  void nothingLeadsToAMetadataService() {
    assertEquals(
        List.of(
            leftOut(
                METADATA,
                Reason.SCOPE,
                "it is a cloud's metadata service, which no connect is led to")),
        sift("any", Scope.ANY, true, PUBLIC, METADATA).leftOut());
  }

  @Test
  void theOtherFamilyIsLeftOut() {
    Sifted sifted = sift("6", Scope.ANY, false, PRIVATE, PUBLIC);
    assertEquals(EventTape.addresses(PUBLIC), sifted.allowed());
    assertEquals(List.of(leftOut(PRIVATE, Reason.FAMILY, "--family=6")), sifted.leftOut());
    assertEquals(
        EventTape.addresses(PRIVATE), sift("4", Scope.ANY, false, PRIVATE, PUBLIC).allowed());
  }

  @Test
  void multicastIsUnusable() {
    assertEquals(
        List.of(leftOut("224.0.0.1", Reason.UNUSABLE, "nothing can be connected to it")),
        sift("any", Scope.ANY, false, PUBLIC, "224.0.0.1").leftOut());
  }
}
