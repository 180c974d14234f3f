package io.heagent.agent.jdk.entrance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.heagent.agent.jdk.weaving.JdkClassFiles;
import java.io.IOException;
import java.io.InputStream;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The class files are defined by a loader whose classes the JVM verifies. */
class EntranceWeaverTest {
  /** Has constants of many kinds, fields with attributes, and no initialiser. */
  @SuppressWarnings("unused")
  static final class Plain {
    static final long LONG = 1L << 40;
    static final double DOUBLE = 0.1;
    @Deprecated int field = Math.toIntExact(LONG >> 38);

    Supplier<String> lambda(String text) {
      return () -> text.concat("1").strip();
    }
  }

  static final class Initialized {
    static final List<String> MADE = new ArrayList<>();
  }

  /** Is given to an initialiser, which defines it; a class can be defined once. */
  static final class Given {}

  /** Gives an initialiser something, or throws. */
  private static final class Receiver implements UncaughtExceptionHandler, Supplier<Object> {
    final List<Throwable> thrown = new ArrayList<>();
    Object given;
    Error failure;
    int asked;

    @Override
    public Object get() {
      asked++;
      if (failure != null) {
        throw failure;
      }
      return given;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failed) {
      thrown.add(failed);
    }
  }

  private final Receiver receiver = new Receiver();

  @AfterEach
  void noHandlerIsLeft() {
    Thread.currentThread().setUncaughtExceptionHandler(null);
  }

  private static byte[] bytes(Class<?> of) throws IOException {
    String name = of.getName();
    try (InputStream in =
        of.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
      return in.readAllBytes();
    }
  }

  private static final class Definer extends ClassLoader {
    Class<?> define(byte[] bytes) {
      return defineClass(null, bytes, 0, bytes.length);
    }
  }

  private static Class<?> initialized(Class<?> original) throws Exception {
    Definer loader = new Definer();
    byte[] woven = EntranceWeaver.woven(bytes(original));
    return Class.forName(loader.define(woven).getName(), true, loader);
  }

  @Test
  void initialiserDefinesTheClassThatItIsGiven() throws Exception {
    receiver.given = bytes(Given.class);
    Thread.currentThread().setUncaughtExceptionHandler(receiver);
    Class<?> made = initialized(Plain.class);
    assertEquals(1, receiver.asked);
    Class<?> defined = Class.forName(Given.class.getName(), false, null);
    assertNull(defined.getClassLoader());
    assertNotEquals(Given.class, defined);
    assertEquals(Plain.class.getDeclaredMethods().length, made.getDeclaredMethods().length);
  }

  @Test
  void nothingIsAskedOfAHandlerThatGivesNothing() throws Exception {
    assertEquals(Plain.class.getName(), initialized(Plain.class).getName());
    Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
    assertEquals(Plain.class.getName(), initialized(Plain.class).getName());
  }

  @Test
  void anotherThreadInitialisesTheClassAndNothingIsAsked() throws Exception {
    Thread.currentThread().setUncaughtExceptionHandler(receiver);
    Thread other =
        new Thread(
            () -> {
              try {
                initialized(Plain.class);
              } catch (Exception failed) {
                throw new IllegalStateException(failed);
              }
            });
    List<Throwable> thrown = new ArrayList<>();
    other.setUncaughtExceptionHandler((thread, failure) -> thrown.add(failure));
    other.start();
    other.join();
    assertEquals(List.of(), thrown);
    assertEquals(0, receiver.asked);
  }

  /** A class whose initialiser throws cannot be used any more. */
  @Test
  void classIsUsableWhateverTheReceiverThrows() throws Exception {
    receiver.failure = new StackOverflowError();
    Thread.currentThread().setUncaughtExceptionHandler(receiver);
    assertEquals(Plain.class.getName(), initialized(Plain.class).getName());
    assertEquals(1, receiver.asked);
  }

  @Test
  void classIsUsableWhateverTheReceiverGives() throws Exception {
    Thread.currentThread().setUncaughtExceptionHandler(receiver);
    for (Object other : new Object[] {null, "no class file", new byte[0], new byte[100]}) {
      receiver.given = other;
      assertEquals(Plain.class.getName(), initialized(Plain.class).getName());
    }
    assertEquals(4, receiver.asked);
  }

  @Test
  void neighbourOfTheBridgeCanBeWoven() {
    byte[] neighbour = JdkClassFiles.read(Entrance.NEIGHBOUR.replace('/', '.'));
    assertNotNull(EntranceWeaver.woven(neighbour));
  }

  @Test
  void classWithAnInitialiserIsLeftAlone() throws Exception {
    assertNull(EntranceWeaver.woven(bytes(Initialized.class)));
    assertNull(EntranceWeaver.woven(null));
  }
}
