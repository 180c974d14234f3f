package io.heagent.it.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.testkit.jvm.ForkedJvm.Outcome;
import io.heagent.testkit.jvm.TempDirectory;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The pictures of {@code check --svg}: those of the documents are what the command draws, and a
 * browser shows them, light and dark, with nothing cut off. What it shows stays in {@code
 * target/pictures}.
 */
@Tag("jvm")
@Tag("one-jdk")
class PictureIT {
  private static final Path DOCUMENTS = Path.of("../../docs");
  private static final Path DRAWN = Path.of("target/pictures");
  private static final Pattern SIZE = Pattern.compile("width=\"(\\d+)\" height=\"(\\d+)\"");
  private static final Pattern TEXT = Pattern.compile("<text[^>]*>([^<]*)</text>");

  /** Half of the picture's margin: no text may reach into it. */
  private static final int EDGE = 8;

  private static CheckLab lab;

  @BeforeAll
  static void open() throws IOException {
    lab = CheckLab.open();
  }

  @AfterAll
  static void close() throws IOException {
    lab.close();
  }

  @ParameterizedTest
  @CsvSource({"check.svg, www.test:8443", "race.svg, shop.test:8443"})
  void documentsShowWhatIsDrawn(String document, String host) throws Exception {
    try (TempDirectory directory = TempDirectory.create("picture")) {
      Path picture = directory.path().resolve("race.svg");
      Outcome outcome = lab.check(List.of("--svg", picture.toString(), "--timeout", "2s", host));
      assertEquals(0, outcome.exitCode(), outcome::toString);
      String drawn = Files.readString(picture);
      String shown = Files.readString(DOCUMENTS.resolve(document));
      assertEquals(styles(shown), styles(drawn));
      assertEquals(words(shown), words(drawn));
    }
  }

  private static String styles(String svg) {
    return svg.substring(svg.indexOf("<style>"), svg.indexOf("</style>"));
  }

  /** Its texts but those of the axis, as {@link CheckLab#form} compares them. */
  private static List<String> words(String svg) {
    List<String> words = new ArrayList<>();
    for (Matcher text = TEXT.matcher(svg); text.find(); ) {
      if (!text.group(1).matches("\\d+( ms)?")) {
        words.add(text.group(1));
      }
    }
    return lab.form(String.join("\n", words));
  }

  @ParameterizedTest
  @CsvSource({
    "check.svg, false, ffffff 1f2328 0969da 1a7f37 848d97",
    "check.svg, true, 0d1117 f0f6fc 4493f8 3fb950 6e7781",
    "race.svg, false, ffffff 1f2328 0969da 1a7f37 cf222e 848d97",
    "race.svg, true, 0d1117 f0f6fc 4493f8 3fb950 f85149 6e7781"
  })
  void aBrowserShowsThem(String document, boolean dark, String colours) throws Exception {
    Browser browser = Browser.find();
    assumeTrue(browser != null, "no browser here: apt-get install chromium");
    Path picture = DOCUMENTS.resolve(document).toRealPath();
    Matcher size = SIZE.matcher(Files.readString(picture));
    assertTrue(size.find());
    int width = Integer.parseInt(size.group(1));
    int height = Integer.parseInt(size.group(2));
    Path drawn = DRAWN.resolve(document.replace(".svg", dark ? "-dark.png" : "-light.png"));
    BufferedImage seen = browser.draw(picture, width, height, dark, drawn);
    assertEquals(width + " x " + height, seen.getWidth() + " x " + seen.getHeight());
    List<String> wanted = List.of(colours.split(" ", -1));
    Set<String> missing = new TreeSet<>(wanted);
    missing.removeAll(colours(seen, 0));
    assertEquals(Set.of(), missing, () -> "in " + drawn);
    assertEquals(Set.of(wanted.get(0)), colours(seen, EDGE), () -> "at the edges of " + drawn);
  }

  /**
   * All colours.
   *
   * @param edge only those of a frame as wide as this; 0 for the whole picture
   */
  private static Set<String> colours(BufferedImage seen, int edge) {
    Set<String> colours = new TreeSet<>();
    for (int x = 0; x < seen.getWidth(); x++) {
      for (int y = 0; y < seen.getHeight(); y++) {
        boolean inFrame =
            Math.min(x, seen.getWidth() - 1 - x) < edge
                || Math.min(y, seen.getHeight() - 1 - y) < edge;
        if (edge == 0 || inFrame) {
          colours.add(String.format("%06x", seen.getRGB(x, y) & 0xffffff));
        }
      }
    }
    return colours;
  }

  /** As the rest of the world would read it: no scripts, and nothing from elsewhere. */
  @Test
  void picturesNeedNothingElse() throws IOException {
    for (String document : List.of("check.svg", "race.svg")) {
      String svg = Files.readString(DOCUMENTS.resolve(document));
      assertTrue(!svg.contains("<script") && !svg.contains("href") && !svg.contains("url("));
    }
  }
}
