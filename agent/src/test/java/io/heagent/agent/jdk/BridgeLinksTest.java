package io.heagent.agent.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.jdk.weaving.HookGroup;
import io.heagent.agent.jdk.weaving.JdkClassFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bridge links to, the self-check must have seen: else a JDK that lacks it fails in
 * the middle of a program's connect instead of with one line at start.
 */
class BridgeLinksTest {

  /** Public methods called by an internal class that overrides them: they cannot go away. */
  private static final Set<String> PUBLIC =
      Set.of(
          "isOpen",
          "supportedOptions",
          "getOption",
          "channel",
          "selector",
          "openSelector",
          "openSocketChannel",
          "<init>");

  /** Used by many libraries since JDK 1.4, so it stays. */
  private static final BridgeLinks.Link DIRECT_BUFFER =
      new BridgeLinks.Link("sun.nio.ch.DirectBuffer", "address()J");

  /** Came with virtual threads, to a class that was there before. */
  private static final BridgeLinks.Link MODE =
      new BridgeLinks.Link("sun.nio.ch.SocketChannelImpl", "forcedNonBlocking");

  @Test
  void everythingIsChecked() throws IOException {
    List<BridgeLinks.Link> unchecked = new ArrayList<>();
    for (Path file : BridgeLinks.files()) {
      boolean ofNetty = file.endsWith("HeEpoll.class");
      for (BridgeLinks.Link link : BridgeLinks.of(file)) {
        // Some classes are there only in later JDKs: they are linked only there.
        boolean isHere =
            JdkClassFiles.read(link.owner()) != null
                && (!link.equals(MODE) || JdkClassFiles.read("sun.nio.ch.Poller") != null);
        if (isHere && !isPublic(link) && !isChecked(link, ofNetty)) {
          unchecked.add(link);
        }
      }
    }
    assertEquals(List.of(), unchecked);
  }

  private static boolean isPublic(BridgeLinks.Link link) {
    return PUBLIC.contains(link.name()) || link.equals(DIRECT_BUFFER);
  }

  /**
   * Whether the self-check sees that a link is missing.
   *
   * @param ofNetty whether only races of Netty's channels need it: these are checked when a copy of
   *     Netty appears, beside what is checked at start
   */
  private static boolean isChecked(BridgeLinks.Link link, boolean ofNetty) {
    Requirements other = OtherJdk.without(link.owner(), link.member());
    List<String> missing = new ArrayList<>(other.missingForAdoption());
    missing.addAll(other.missingByNumber());
    for (HookGroup group : HookGroup.values()) {
      missing.addAll(other.missingFor(group));
    }
    if (ofNetty) {
      missing.addAll(other.missingForNetty());
    }
    return missing.stream().anyMatch(m -> m.startsWith(link.owner() + "." + link.name()));
  }

  @Test
  void theBridgeLinksToSomething() throws IOException {
    Set<BridgeLinks.Link> links = BridgeLinks.all();
    assertTrue(links.contains(new BridgeLinks.Link("sun.nio.ch.Net", "POLLOUT:S")));
    assertTrue(links.contains(new BridgeLinks.Link("sun.nio.ch.NioSocketImpl", "stateLock")));
  }

  /** Found by reflection, by either of two names. */
  @Test
  void theEntriesOfTheLookUpCacheAreChecked() {
    String newer = "java.net.InetAddress$CachedLookup";
    String entry =
        JdkClassFiles.read(newer) == null ? "java.net.InetAddress$CachedAddresses" : newer;
    for (String field : List.of("inetAddresses", "expiryTime")) {
      List<String> missing = OtherJdk.without(entry, field).missingFor(HookGroup.COMMON);
      assertEquals(1, missing.size(), missing::toString);
      assertTrue(missing.get(0).startsWith(entry + "." + field + ":"), missing::toString);
    }
  }
}
