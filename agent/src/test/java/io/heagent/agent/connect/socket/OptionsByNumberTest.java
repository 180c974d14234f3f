package io.heagent.agent.connect.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.fake.FakeNetwork;
import io.heagent.agent.connect.fake.bridge.RealSockets;
import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sun.nio.ch.HeOptions;

/** Options that a library sets by level and number, which the system alone knows by name. */
@Tag("socket")
class OptionsByNumberTest {

  private static final int IP = 0;
  private static final int IP_TTL = 2;
  private static final int IP_RECVOPTS = 6;
  private static final int IP_MTU_DISCOVER = 10;
  private static final int IP_FREEBIND = 15;
  private static final int TCP = 6;
  private static final int TCP_SYNCNT = 7;

  /** No system has it. */
  private static final int UNKNOWN = 4_711;

  private ProgramChannel program;
  private SocketChannel side;

  @BeforeAll
  static void defineBridge() {
    RealSockets.define();
  }

  @BeforeEach
  void open() throws IOException {
    program = new ProgramChannel(true);
    side = program.another();
  }

  /** A JVM never forgets such an option, but the next test is to know nothing of it. */
  @AfterEach
  void close() throws IOException, ReflectiveOperationException {
    program.close();
    side.close();
    Field set = OptionsInUse.ByNumber.class.getDeclaredField("SET");
    set.setAccessible(true);
    ((List<?>) set.get(null)).clear();
  }

  private FileDescriptor sideFd() {
    return ProgramChannel.descriptor(side);
  }

  private void given(int level, int number, int value) throws IOException {
    OptionsInUse.addByNumber(level, number, true);
    HeOptions.set(program.descriptor(), level, number, value);
  }

  private int ofSide(int level, int number) throws IOException {
    return HeOptions.get(sideFd(), level, number);
  }

  private static OptionsInUse.ByNumber carrier() {
    return new OptionsInUse.ByNumber();
  }

  @Test
  void valueThatANewSocketHasNotIsCarried() throws IOException {
    given(IP, IP_TTL, 33);
    assertNull(carrier().carry(program.descriptor(), sideFd()));
    assertEquals(33, ofSide(IP, IP_TTL));
  }

  @Test
  void changeOfItIsCarriedAndNothingElse() throws IOException {
    given(TCP, TCP_SYNCNT, 3);
    OptionsInUse.ByNumber carrier = carrier();
    assertNull(carrier.carry(program.descriptor(), sideFd()));
    HeOptions.set(sideFd(), TCP, TCP_SYNCNT, 5);
    assertNull(carrier.carry(program.descriptor(), sideFd()));
    assertEquals(5, ofSide(TCP, TCP_SYNCNT));
    given(TCP, TCP_SYNCNT, 4);
    assertNull(carrier.carry(program.descriptor(), sideFd()));
    assertEquals(4, ofSide(TCP, TCP_SYNCNT));
  }

  /** What is not one int can be compared by its first four bytes, but not given. */
  @Test
  void optionOfAnotherTypeIsLostOnlyWhereItDiffers() throws IOException {
    OptionsInUse.addByNumber(IP, IP_MTU_DISCOVER, false);
    assertNull(carrier().carry(program.descriptor(), sideFd()));
    HeOptions.set(program.descriptor(), IP, IP_MTU_DISCOVER, 2);
    HeOptions.set(sideFd(), IP, IP_MTU_DISCOVER, 0);
    assertEquals("the option 10 of level 0", carrier().carry(program.descriptor(), sideFd()));
    assertEquals(0, ofSide(IP, IP_MTU_DISCOVER));
    HeOptions.set(sideFd(), IP, IP_MTU_DISCOVER, 2);
    assertNull(carrier().carry(program.descriptor(), sideFd()));
  }

  @Test
  void socketThatCannotBeGivenItIsLost() throws IOException {
    given(IP, IP_FREEBIND, 1);
    FileDescriptor closed = sideFd();
    side.close();
    String lost = carrier().carry(program.descriptor(), closed);
    assertTrue(lost.startsWith("the option "), lost);
  }

  /** It may have any value, so a fallback socket may not be as the program's is. */
  @Test
  void optionThatCannotBeReadIsLost() throws IOException {
    OptionsInUse.addByNumber(IP, UNKNOWN, true);
    OptionsInUse.ByNumber carrier = carrier();
    assertEquals(
        "the option " + UNKNOWN + " of level 0", carrier.carry(program.descriptor(), sideFd()));
    // Nothing has changed since.
    assertNull(carrier.carry(program.descriptor(), sideFd()));
  }

  /** A library that sets ever more options does not make every race longer. */
  @Test
  void onlySoManyOptionsAreKept() throws IOException {
    for (int i = 0; i < 63; i++) {
      OptionsInUse.addByNumber(IP, UNKNOWN + i, true);
    }
    given(IP, IP_TTL, 33);
    given(TCP, TCP_SYNCNT, 3);
    int before = ofSide(TCP, TCP_SYNCNT);
    carrier().carry(program.descriptor(), sideFd());
    assertEquals(33, ofSide(IP, IP_TTL), "the sixty-fourth");
    assertEquals(before, ofSide(TCP, TCP_SYNCNT), "the sixty-fifth");
  }

  /** Such a socket must not become the program's, whatever is carried later. */
  @Test
  void raceIsToldWhatWasLost() throws IOException {
    OptionsInUse.addByNumber(IP, UNKNOWN, true);
    OptionTransfer transfer = transfer();
    transfer.carryBeforeConnect();
    assertEquals("the option " + UNKNOWN + " of level 0", transfer.carryChanged());
  }

  /** What the kernel has changed since stays as it is. */
  @Test
  void raceRemembersWhatItHasCarried() throws IOException {
    given(IP, IP_TTL, 33);
    OptionTransfer transfer = transfer();
    transfer.carryBeforeConnect();
    HeOptions.set(sideFd(), IP, IP_TTL, 44);
    assertNull(transfer.carryChanged());
    assertEquals(44, ofSide(IP, IP_TTL));
  }

  private OptionTransfer transfer() {
    OptionsInUse given = new OptionsInUse();
    given.begin();
    OptionDefaults defaults = new OptionDefaults(given, new FakeNetwork());
    return new OptionTransfer(program, side, defaults.of(side, true), false);
  }

  @Test
  void raceCarriesThemOnceAnyWasSet() throws IOException {
    given(IP, IP_RECVOPTS, 1);
    assertTrue(OptionsInUse.isAnyByNumber());
    OptionTransfer transfer = transfer();
    transfer.carryBeforeConnect();
    assertEquals(1, ofSide(IP, IP_RECVOPTS));
    HeOptions.set(program.descriptor(), IP, IP_RECVOPTS, 0);
    transfer.carryChanged();
    assertEquals(0, ofSide(IP, IP_RECVOPTS));
  }

  /** These are read in every race anyway. */
  @Test
  void optionsWithANameHereAreKnown() {
    assertTrue(NativeOption.isKnown(1, 36));
    assertTrue(NativeOption.isKnown(6, 25));
    assertFalse(NativeOption.isKnown(6, 36));
    assertFalse(NativeOption.isKnown(1, 25));
    assertEquals(NativeOption.values().length, NativeOption.all().size());
  }
}
