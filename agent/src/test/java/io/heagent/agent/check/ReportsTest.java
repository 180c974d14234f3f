package io.heagent.agent.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.check.render.JsonReport;
import io.heagent.agent.check.render.SummaryTable;
import io.heagent.agent.check.render.SvgTimeline;
import io.heagent.agent.check.result.CheckedRace;
import io.heagent.agent.check.result.LeftOut;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** JSON, picture and table of races on a virtual clock. */
class ReportsTest {

  @Test
  void jsonTellsEverything() {
    assertEquals(
        """
        {
          "format": 1,
          "targets": [
            {
              "host": "www.test",
              "port": 443,
              "delayMillis": 250.000,
              "order": "jdk",
              "scope": "auto",
              "family": "any",
              "resolve": "jdk",
              "timeoutMillis": 5000.000,
              "notRaced": null,
              "rounds": [
                {
                  "end": "connected",
                  "endMillis": 256.000,
                  "failure": null,
                  "winner": "192.0.2.2",
                  "lookups": [
                    {
                      "question": "IPv4 and IPv6",
                      "startMillis": 0.200,
                      "endMillis": 3.300,
                      "addresses": [
                        "192.0.2.1",
                        "192.0.2.2",
                        "192.0.2.3"
                      ],
                      "failure": null
                    }
                  ],
                  "attempts": [
                    {
                      "address": "192.0.2.1",
                      "source": "198.51.100.7",
                      "startMillis": 3.500,
                      "endMillis": 255.900,
                      "outcome": "lost",
                      "words": "overtaken"
                    },
                    {
                      "address": "192.0.2.2",
                      "source": "198.51.100.7",
                      "startMillis": 253.500,
                      "endMillis": 255.900,
                      "outcome": "won",
                      "words": "connected"
                    }
                  ],
                  "leftOut": [
                    {
                      "address": "192.0.2.3",
                      "reason": "turn",
                      "words": "the race was over before its turn had come"
                    }
                  ],
                  "plainJdk": {
                    "address": "192.0.2.1",
                    "end": "silent",
                    "millis": 5006.300,
                    "measured": true,
                    "words": "no answer"
                  }
                }
              ],
              "summary": [
                {
                  "address": "192.0.2.1",
                  "tried": 1,
                  "connected": 0,
                  "failed": 0,
                  "unanswered": 1,
                  "fastestMillis": null,
                  "medianMillis": null,
                  "slowestMillis": null
                },
                {
                  "address": "192.0.2.2",
                  "tried": 1,
                  "connected": 1,
                  "failed": 0,
                  "unanswered": 0,
                  "fastestMillis": 2.400,
                  "medianMillis": 2.400,
                  "slowestMillis": 2.400
                }
              ]
            }
          ]
        }""",
        JsonReport.of(List.of(Races.report(Races.deadFirst()))));
  }

  @Test
  void theTableHasALineForEachAddress() {
    assertEquals(
        """
        4 rounds, 3 connected, after 1.4/30/256 ms
          address                         tried  connected  failed  unanswered  fastest/median/slowest
          192.0.2.1                           3          1       0           2  0.4/0.4/0.4 ms
          192.0.2.2                           3          2       0           1  2.4/10/10 ms
          [2001:db8:85a3::8a2e:370:7334]      1          0       1           0  -""",
        SummaryTable.of(
            List.of(Races.deadFirst(), Races.good(), Races.refusedFirst(), Races.allDead())));
  }

  /** All but the style sheet, which is looked at in a browser. */
  @Test
  void thePictureIsDrawnToScale() {
    String svg =
        SvgTimeline.of(
            List.of(
                Races.report(Races.refusedFirst(), Races.deadFirst()),
                Races.report(Races.unknown())));
    assertEquals(
        """
        <rect class="page" width="100%" height="100%"/>
        <text class="title" x="20" y="34" xml:space="preserve">www.test:443: connected to 192.0.2.2 after 256 ms (3 addresses, 2 tried)</text>
        <text class="quiet" x="127" y="64" text-anchor="middle" xml:space="preserve">0 ms</text>
        <line class="grid" x1="127" y1="70" x2="127" y2="148"/>
        <text class="quiet" x="220" y="64" text-anchor="middle" xml:space="preserve">50</text>
        <line class="grid" x1="220" y1="70" x2="220" y2="148"/>
        <text class="quiet" x="314" y="64" text-anchor="middle" xml:space="preserve">100</text>
        <line class="grid" x1="314" y1="70" x2="314" y2="148"/>
        <text class="quiet" x="408" y="64" text-anchor="middle" xml:space="preserve">150</text>
        <line class="grid" x1="408" y1="70" x2="408" y2="148"/>
        <text class="quiet" x="502" y="64" text-anchor="middle" xml:space="preserve">200</text>
        <line class="grid" x1="502" y1="70" x2="502" y2="148"/>
        <text class="quiet" x="595" y="64" text-anchor="middle" xml:space="preserve">250</text>
        <line class="grid" x1="595" y1="70" x2="595" y2="148"/>
        <text x="20" y="87" xml:space="preserve">look-up</text>
        <rect class="lookup" x="127" y="77" width="6" height="12" rx="2"/>
        <text x="627" y="87" xml:space="preserve">0.2 to 3.3 ms  3 addresses  IPv4 and IPv6</text>
        <text x="20" y="113" xml:space="preserve">1 192.0.2.1</text>
        <rect class="given" x="133" y="103" width="473" height="12" rx="2"/>
        <text x="627" y="113" xml:space="preserve">3.5 to 256 ms  overtaken  from 198.51.100.7</text>
        <text x="20" y="139" xml:space="preserve">2 192.0.2.2</text>
        <rect class="won" x="602" y="129" width="4" height="12" rx="2"/>
        <text x="627" y="139" xml:space="preserve">254 to 256 ms  connected  from 198.51.100.7</text>
        <text class="quiet" x="20" y="172" xml:space="preserve">not tried: 192.0.2.3 (turn): the race was over before its turn had come</text>
        <text class="quiet" x="20" y="192" xml:space="preserve">plain JDK: 192.0.2.1 alone: no answer within 5006 ms, as a plain connect has shown</text>
        <text class="quiet" x="20" y="212" xml:space="preserve">gain: more than 4750 ms</text>
        <text class="title" x="20" y="252" xml:space="preserve">www.test:443: no address after 8 ms (www.test: Name or service not known)</text>
        <text class="quiet" x="96" y="282" text-anchor="middle" xml:space="preserve">0 ms</text>
        <line class="grid" x1="96" y1="288" x2="96" y2="314"/>
        <text class="quiet" x="216" y="282" text-anchor="middle" xml:space="preserve">2</text>
        <line class="grid" x1="216" y1="288" x2="216" y2="314"/>
        <text class="quiet" x="336" y="282" text-anchor="middle" xml:space="preserve">4</text>
        <line class="grid" x1="336" y1="288" x2="336" y2="314"/>
        <text class="quiet" x="456" y="282" text-anchor="middle" xml:space="preserve">6</text>
        <line class="grid" x1="456" y1="288" x2="456" y2="314"/>
        <text class="quiet" x="576" y="282" text-anchor="middle" xml:space="preserve">8</text>
        <line class="grid" x1="576" y1="288" x2="576" y2="314"/>
        <text x="20" y="305" xml:space="preserve">look-up</text>
        <rect class="failed" x="96" y="295" width="480" height="12" rx="2"/>
        <text x="596" y="305" xml:space="preserve">0 to 8 ms  failed  IPv4 and IPv6</text>
        </svg>""",
        svg.lines()
            .dropWhile(line -> !line.startsWith("<rect class=\"page\""))
            .collect(Collectors.joining("\n")));
    assertTrue(svg.contains("@media (prefers-color-scheme: dark)"), svg);
  }

  /** What a resolver or a setting says can't break out of its element. */
  @Test
  void thePictureIsXmlWhateverIsInIt() throws Exception {
    String words = "<&>\"'\u001b]";
    CheckedRace race =
        new EventTape()
            .asked()
            .answered(
                EventTape.addresses("192.0.2.1"),
                List.of(new LeftOut(EventTape.address("192.0.2.2"), LeftOut.Reason.SCOPE, words)))
            .started(0, "192.0.2.1")
            .at(1_000)
            .won(0, "192.0.2.1")
            .finished()
            .race(CheckedRace.End.CONNECTED, null);
    String svg = SvgTimeline.of(List.of(Races.report(race)));
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    String text = document.getDocumentElement().getTextContent();
    assertTrue(text.contains("not tried: 192.0.2.2 (scope): <&>\"' ]"), text);
  }
}
