package io.heagent.agent.connect.socket;

import static java.net.StandardSocketOptions.IP_TOS;
import static java.net.StandardSocketOptions.SO_KEEPALIVE;
import static java.net.StandardSocketOptions.SO_RCVBUF;
import static java.net.StandardSocketOptions.SO_SNDBUF;
import static java.net.StandardSocketOptions.TCP_NODELAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.agent.connect.fake.FakeNetwork;
import io.heagent.agent.connect.fake.bridge.RealSockets;
import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options that a fallback socket gets of the program's, both real sockets of this system. */
@Tag("socket")
class OptionTransferTest {

  private static final int ROUTINE = 0;
  private static final int LOW_DELAY = 0x10;

  private final OptionsInUse given = new OptionsInUse();
  private final OptionDefaults defaults = new OptionDefaults(given, new FakeNetwork());
  private ProgramChannel program;
  private SocketChannel side;

  @BeforeAll
  static void defineBridge() {
    RealSockets.define();
  }

  @BeforeEach
  void open() throws IOException {
    given.begin();
    program = new ProgramChannel(false);
    side = program.another();
  }

  @AfterEach
  void close() throws IOException {
    program.close();
    side.close();
  }

  private OptionTransfer transfer() {
    return transfer(false);
  }

  private OptionTransfer transfer(boolean scoped) {
    return new OptionTransfer(program, side, defaults.of(side, program.ipv4Only), scoped);
  }

  private <T> void set(SocketOption<T> option, T value) throws IOException {
    given.add(option);
    program.channel.setOption(option, value);
  }

  private void set(NativeOption option, int value) throws IOException {
    option.set(program.descriptor(), value);
  }

  private int ofSide(NativeOption option) throws IOException {
    return option.get(ProgramChannel.descriptor(side));
  }

  @Test
  void buffersAreCarriedBeforeTheConnect() throws IOException {
    set(SO_RCVBUF, 8192);
    int before = side.getOption(SO_SNDBUF);
    transfer().carryBeforeConnect();
    assertEquals(8192, side.getOption(SO_RCVBUF));
    assertEquals(before, side.getOption(SO_SNDBUF));
  }

  /** Few attempts win. */
  @Test
  void optionsOfConnectionsAreForTheWinnerOnly() throws IOException {
    set(TCP_NODELAY, true);
    set(SO_KEEPALIVE, true);
    OptionTransfer transfer = transfer();
    transfer.carryBeforeConnect();
    assertFalse(side.getOption(TCP_NODELAY));
    assertFalse(side.getOption(SO_KEEPALIVE));
    assertNull(transfer.carryChanged());
    assertTrue(side.getOption(TCP_NODELAY));
    assertTrue(side.getOption(SO_KEEPALIVE));
  }

  @Test
  void whatTheProgramChangesLaterIsCarriedToo() throws IOException {
    set(SO_RCVBUF, 8192);
    OptionTransfer transfer = transfer();
    transfer.carryBeforeConnect();
    program.channel.setOption(SO_RCVBUF, 16_384);
    assertNull(transfer.carryChanged());
    assertEquals(16_384, side.getOption(SO_RCVBUF));
  }

  /** The kernel has tuned the buffers of the connection meanwhile. */
  @Test
  void whatTheProgramHasNotChangedIsNotCarriedAgain() throws IOException {
    set(SO_RCVBUF, 8192);
    OptionTransfer transfer = transfer();
    transfer.carryBeforeConnect();
    side.setOption(SO_RCVBUF, 32_768);
    assertNull(transfer.carryChanged());
    assertEquals(32_768, side.getOption(SO_RCVBUF));
  }

  /** To set a size, even the one that it has, would end the kernel's tuning of the buffer. */
  @Test
  void whatIsAsInANewSocketIsNotSet() throws IOException {
    given.add(SO_RCVBUF);
    OptionTransfer transfer = transfer();
    side.setOption(SO_RCVBUF, 32_768);
    transfer.carryBeforeConnect();
    assertNull(transfer.carryChanged());
    assertEquals(32_768, side.getOption(SO_RCVBUF));
  }

  @Test
  void valueThatTheKernelCapsIsLost() throws IOException {
    given.add(SO_RCVBUF);
    given.add(SO_SNDBUF);
    program.claimed.put(SO_SNDBUF, 1 << 30);
    program.claimed.put(SO_RCVBUF, 8192);
    OptionTransfer transfer = transfer();
    transfer.carryBeforeConnect();
    assertEquals("SO_SNDBUF", transfer.carryChanged());
    assertEquals(8192, side.getOption(SO_RCVBUF));
  }

  /** Once lost, for ever lost: that socket must not become the program's. */
  @Test
  void lossIsRemembered() throws IOException {
    given.add(SO_SNDBUF);
    program.claimed.put(SO_SNDBUF, 1 << 30);
    OptionTransfer transfer = transfer();
    transfer.carryBeforeConnect();
    program.claimed.put(SO_SNDBUF, 8192);
    assertEquals("SO_SNDBUF", transfer.carryChanged());
  }

  @Test
  void valueThatTheSystemRefusesIsLost() throws IOException {
    given.add(SO_RCVBUF);
    program.claimed.put(SO_RCVBUF, -1);
    OptionTransfer transfer = transfer();
    transfer.carryBeforeConnect();
    assertEquals("SO_RCVBUF", transfer.carryChanged());
  }

  /** It is closed perhaps, and its race ends by itself. */
  @Test
  void programsSocketThatDoesNotAnswerLosesNothing() throws IOException {
    set(SO_RCVBUF, 8192);
    program.silent = true;
    OptionTransfer transfer = transfer();
    transfer.carryBeforeConnect();
    assertNull(transfer.carryChanged());
    assertNotEquals(8192, side.getOption(SO_RCVBUF));
  }

  @Test
  void closedProgramsSocketLosesNoOptionByNumber() throws IOException {
    OptionTransfer transfer = transfer();
    program.close();
    transfer.carryBeforeConnect();
    assertNull(transfer.carryChanged());
  }

  /** The kernel keeps the two bits of congestion notification to itself. */
  @ParameterizedTest
  @ValueSource(ints = {0x20, 0x21, 0x23})
  void typeOfServiceIsComparedWithoutTheBitsOfTheKernel(int claimed) throws IOException {
    close();
    program = new ProgramChannel(true);
    side = program.another();
    given.add(IP_TOS);
    program.claimed.put(IP_TOS, claimed);
    OptionTransfer transfer = transfer();
    transfer.carryBeforeConnect();
    assertNull(transfer.carryChanged());
    assertEquals(0x20, side.getOption(IP_TOS) & ~3);
  }

  @ParameterizedTest
  @EnumSource(
      value = NativeOption.class,
      names = {"TCP_CORK", "TCP_USER_TIMEOUT", "TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT"})
  void optionsByNumberOfConnectionsAreForTheWinnerOnly(NativeOption option) throws IOException {
    int before = ofSide(option);
    int value = option == NativeOption.TCP_CORK ? 1 : 17;
    set(option, value);
    OptionTransfer transfer = transfer();
    transfer.carryBeforeConnect();
    assertEquals(before, ofSide(option));
    assertNull(transfer.carryChanged());
    assertEquals(value, ofSide(option));
  }

  @Test
  void optionsByNumberOfTheSynAreCarriedBeforeIt() throws IOException {
    set(NativeOption.SO_PRIORITY, 3);
    set(NativeOption.IP_TOS, LOW_DELAY);
    set(NativeOption.SO_PRIORITY, 5);
    OptionTransfer transfer = transfer();
    transfer.carryBeforeConnect();
    assertEquals(5, ofSide(NativeOption.SO_PRIORITY));
    assertEquals(LOW_DELAY, ofSide(NativeOption.IP_TOS));
  }

  /** To carry the type of service has changed the priority, so that the default is set again. */
  @Test
  void priorityIsTheProgramsThoughItIsThatOfANewSocket() throws IOException {
    set(NativeOption.IP_TOS, LOW_DELAY);
    set(NativeOption.SO_PRIORITY, ROUTINE);
    transfer().carryBeforeConnect();
    assertEquals(LOW_DELAY, ofSide(NativeOption.IP_TOS));
    assertEquals(ROUTINE, ofSide(NativeOption.SO_PRIORITY));
  }

  @Test
  void optionByNumberThatIsNotChangedIsNotSetAgain() throws IOException {
    set(NativeOption.TCP_USER_TIMEOUT, 1_000);
    OptionTransfer transfer = transfer();
    assertNull(transfer.carryChanged());
    NativeOption.TCP_USER_TIMEOUT.set(ProgramChannel.descriptor(side), 2_000);
    assertNull(transfer.carryChanged());
    assertEquals(2_000, ofSide(NativeOption.TCP_USER_TIMEOUT));
    set(NativeOption.TCP_USER_TIMEOUT, 3_000);
    assertNull(transfer.carryChanged());
    assertEquals(3_000, ofSide(NativeOption.TCP_USER_TIMEOUT));
  }

  @Test
  void optionByNumberThatCannotBeGivenIsLost() throws IOException {
    set(NativeOption.TCP_USER_TIMEOUT, 1_000);
    OptionTransfer transfer = transfer();
    side.close();
    assertEquals("TCP_USER_TIMEOUT", transfer.carryChanged());
  }

  /** Its SYN would take another way than the program's. */
  @Test
  void noSynIsSentWithoutTheProgramsRoute() throws IOException {
    assumeMark();
    OptionTransfer transfer = transfer();
    transfer.carryBeforeConnect();
    assertEquals(7, ofSide(NativeOption.SO_MARK));
    set(NativeOption.SO_MARK, 9);
    NativeOption.SO_MARK.set(ProgramChannel.descriptor(side), 9);
    transfer.carryBeforeConnect(); // it has it already
    set(NativeOption.SO_MARK, 8);
    side.close();
    String said = assertThrows(IOException.class, transfer::carryBeforeConnect).getMessage();
    assertEquals("SO_MARK of the program's socket cannot be given to another", said);
  }

  /** Only the program's own socket dials an address of one interface. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void interfaceOfAScopedAddressIsNotTheSiblings(boolean scoped) throws IOException {
    int loopback = 1;
    assumeTrue(
        isPossible(NativeOption.SO_BINDTOIFINDEX, loopback), "a system that lets us bind it");
    transfer(scoped).carryBeforeConnect();
    assertEquals(scoped ? 0 : loopback, ofSide(NativeOption.SO_BINDTOIFINDEX));
  }

  private void assumeMark() {
    assumeTrue(isPossible(NativeOption.SO_MARK, 7), "a system that lets us mark packets");
  }

  private boolean isPossible(NativeOption option, int value) {
    try {
      set(option, value);
      return true;
    } catch (IOException notAllowed) {
      return false;
    }
  }
}
