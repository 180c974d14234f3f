package io.heagent.agent.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Copies of Netty that are not as expected: none of their classes is changed. */
class NettyCopyTest {

  private static final String PREFIX = "com/example/netty/";
  private static final String SOCKET = PREFIX + "channel/unix/Socket";
  private static final String CHANNEL = PREFIX + "channel/epoll/AbstractEpollChannel";

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  NettyCopyTest() {
    System.setErr(new PrintStream(printed, true, UTF_8));
  }

  @AfterEach
  void putBack() {
    System.setErr(before);
  }

  private static NettyCopy copy() {
    return new NettyCopy(PREFIX, new NettyInstallation(new NativeTransports(Settings.Native.RACE)));
  }

  private List<String> lines() {
    return printed.toString(UTF_8).lines().toList();
  }

  /**
   * A class loader that has a class file for each of these names. All of the files are copies of
   * one file, which belongs to a class that is not part of Netty.
   */
  private static final class Loader extends ClassLoader {
    private final Set<String> names;

    Loader(String... names) {
      super(null);
      this.names = Set.of(names);
    }

    @Override
    public InputStream getResourceAsStream(String path) {
      String name = path.replaceFirst("\\.class$", "");
      return names.contains(name) ? new ByteArrayInputStream(classFile()) : null;
    }
  }

  private static byte[] classFile() {
    try (InputStream in = NettyCopyTest.class.getResourceAsStream("NettyCopyTest.class")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * A program that uses io_uring or kqueue only has such a copy. Other lines tell of these
   * transports.
   */
  @Test
  void aCopyWithoutEpollIsNotSpokenOf() {
    NettyCopy copy = copy();
    assertNull(copy.weave(SOCKET, false, classFile(), new Loader(SOCKET)));
    assertFalse(copy.isComplete());
    assertEquals(List.of(), lines());
  }

  @Test
  void aCopyWithoutOneOfTheClassesIsLeftAloneWithOneLine() {
    NettyCopy copy = copy();
    Loader loader = new Loader(SOCKET, CHANNEL);
    assertNull(copy.weave(SOCKET, false, classFile(), loader));
    assertNull(copy.weave(CHANNEL, false, classFile(), loader));
    assertFalse(copy.isComplete());
    assertEquals(1, lines().size(), lines()::toString);
    String line = lines().get(0);
    assertTrue(line.contains("the epoll transport of com.example.netty.channel is not"), line);
    assertTrue(line.endsWith("(native=jdk has Netty use NIO)"), line);
  }

  /** Its class loader makes classes of something else, as one that deciphers them does. */
  @Test
  void aCopyWhoseLoaderGivesNoClassFilesIsLeftAloneWithOneLine() {
    NettyCopy copy = copy();
    Loader loader = new Loader();
    assertNull(copy.weave(SOCKET, false, classFile(), loader));
    assertEquals(List.of(), lines());
    assertNull(copy.weave(CHANNEL, false, classFile(), loader));
    assertNull(copy.weave(CHANNEL, false, classFile(), loader));
    assertTrue(copy.isUnlike());
    assertEquals(1, lines().size(), lines()::toString);
    assertTrue(lines().get(0).contains("its class loader gives none"), lines().get(0));
  }

  @Test
  void aCopyWhoseLoaderThrowsIsLeftAloneWithOneLine() {
    NettyCopy copy = copy();
    ClassLoader loader =
        new ClassLoader(null) {
          @Override
          public InputStream getResourceAsStream(String path) {
            throw new IllegalStateException("no resources");
          }
        };
    assertNull(copy.weave(SOCKET, false, classFile(), loader));
    assertNull(copy.weave(CHANNEL, false, classFile(), loader));
    assertEquals(1, lines().size(), lines()::toString);
    assertTrue(lines().get(0).contains("its class loader gives none"), lines().get(0));
  }

  @Test
  void aCopyWithoutOneOfTheMethodsIsLeftAloneWithOneLine() {
    NettyCopy copy = copy();
    Loader loader =
        new Loader(
            SOCKET,
            CHANNEL,
            CHANNEL + "$AbstractEpollUnsafe",
            PREFIX + "channel/epoll/AbstractEpollStreamChannel$EpollStreamUnsafe",
            PREFIX + "channel/epoll/Native",
            PREFIX + "channel/unix/FileDescriptor");
    assertNull(copy.weave(CHANNEL, false, classFile(), loader));
    assertNull(copy.weave(SOCKET, false, classFile(), loader));
    assertFalse(copy.isComplete());
    assertEquals(1, lines().size(), lines()::toString);
    assertTrue(lines().get(0).contains("AbstractEpollChannel.doConnect("), lines().get(0));
  }
}
