package io.heagent.agent.jdk.weaving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassShapeTest {

  /** What is read. Nothing of it runs. */
  @SuppressWarnings("unused")
  private abstract static class Sample {
    static final int STATE = 7;
    static final short SHORT = 8;
    static final long LONG = 9L;
    static final String TEXT = "text";
    static final int LATER = Integer.getInteger("none", 10);
    private int[] numbers;

    static {
      if (LATER == 10) {
        throw new IllegalStateException("initialised");
      }
    }

    Sample(String text) {}

    abstract void take(int number, String... texts);
  }

  private static ClassShape shape() throws IOException {
    try (InputStream in = ClassShapeTest.class.getResourceAsStream("ClassShapeTest$Sample.class")) {
      return ClassShape.of(in.readAllBytes());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STATE:I",
        "numbers:[I",
        "<init>(Ljava/lang/String;)V",
        "take(I[Ljava/lang/String;)V"
      })
  void has(String member) throws IOException {
    assertTrue(shape().has(member));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STATE",
        "STATE:J",
        "numbers:I",
        "<init>()V",
        "take(ILjava/lang/String;)V",
        "take(I[Ljava/lang/String;)Z",
        "hashCode()I",
        ""
      })
  void hasNot(String member) throws IOException {
    assertFalse(shape().has(member));
  }

  @Test
  void constants() throws IOException {
    assertEquals(7, shape().constant("STATE"));
    assertEquals(8, shape().constant("SHORT"));
    assertNull(shape().constant("LONG"));
    assertNull(shape().constant("TEXT"));
    assertNull(shape().constant("LATER"));
    assertNull(shape().constant("numbers"));
    assertNull(shape().constant("NONE"));
  }

  @Test
  void jdkClassesAreReadOnceAndMissingOnesAreNull() {
    int[] reads = {0};
    JdkClassFiles files =
        new JdkClassFiles(
            name -> {
              reads[0]++;
              return JdkClassFiles.read(name);
            });
    assertTrue(files.shape("java.lang.Object").has("hashCode()I"));
    assertTrue(files.shape("java.lang.Object").has("<init>()V"));
    assertEquals(1, reads[0]);
    assertNull(files.shape("java.lang.NoSuchClass"));
    assertNull(files.bytes("io.heagent.agent.jdk.weaving.Weaver"));
  }
}
