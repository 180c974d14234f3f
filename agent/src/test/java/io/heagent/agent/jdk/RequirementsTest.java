package io.heagent.agent.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.agent.jdk.weaving.Hook;
import io.heagent.agent.jdk.weaving.HookGroup;
import io.heagent.agent.jdk.weaving.JdkClassFiles;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The self-check at start, on the JDK that runs the tests and on JDKs that differ from it. */
class RequirementsTest {

  private static final String SOCKET = "sun.nio.ch.NioSocketImpl";
  private static final String CHANNEL = "sun.nio.ch.SocketChannelImpl";

  private final Requirements requirements = new Requirements(new JdkClassFiles());

  @ParameterizedTest
  @EnumSource
  void thisJdkHasEverything(HookGroup group) {
    assertEquals(List.of(), requirements.missingFor(group));
  }

  @Test
  void thisJdkHasWhatAdoptionNeeds() {
    assertEquals(List.of(), requirements.missingForAdoption());
  }

  @ParameterizedTest
  @CsvSource({
    "sun.nio.ch.NioSocketImpl, ST_CONNECTING, 2",
    "sun.nio.ch.NioSocketImpl, ST_CLOSING, 4",
    "sun.nio.ch.SocketChannelImpl, ST_CONNECTIONPENDING, 1",
    "sun.nio.ch.SocketChannelImpl, ST_NO_SUCH, -1",
    "sun.nio.ch.SocketChannelImpl, stateLock, -1",
    "sun.nio.ch.NoSuchClass, ST_CONNECTING, -1"
  })
  void states(String owner, String name, int value) {
    assertEquals(value, requirements.state(owner, name));
  }

  static Stream<Hook> hooks() {
    JdkClassFiles files = new JdkClassFiles();
    return Hook.ALL.stream().filter(hook -> hook.isFor(files));
  }

  @ParameterizedTest
  @MethodSource("hooks")
  void aWovenMethodThatIsNotThereIsReported(Hook hook) {
    // Without any of the alternatives, all are.
    List<String> missing =
        Hook.ALL.stream()
            .filter(
                other ->
                    hook.group() == HookGroup.ANSWERS
                        ? other.group() == HookGroup.ANSWERS
                        : other.equals(hook))
            .map(other -> other.owner() + "." + other.member())
            .toList();
    assertEquals(missing, OtherJdk.without(hook.owner(), hook.member()).missingFor(hook.group()));
  }

  @ParameterizedTest
  @CsvSource({
    "COMMON, sun.nio.ch.Net, POLLOUT:S",
    "COMMON, sun.nio.ch.IOUtil, fdVal(Ljava/io/FileDescriptor;)I",
    "COMMON, java.net.InetAddress, cache:Ljava/util/concurrent/ConcurrentMap;",
    "SOCKET, sun.nio.ch.NioSocketImpl, stateLock:Ljava/lang/Object;",
    "SOCKET, sun.nio.ch.NioSocketImpl, ST_CONNECTING:I",
    "SOCKET, java.net.SocketImpl, address:Ljava/net/InetAddress;",
    "CHANNEL, sun.nio.ch.SocketChannelImpl, remoteAddress:Ljava/net/SocketAddress;",
    "SELECT, sun.nio.ch.SelectionKeyImpl, registeredEvents(I)V",
    "SELECT, java.nio.channels.spi.AbstractSelectableChannel, keyLock:Ljava/lang/Object;",
    "ASYNC, sun.nio.ch.Port, 'startPoll(II)V'"
  })
  void aMemberThatIsNotThereStopsItsGroupOnly(HookGroup group, String owner, String member) {
    Requirements other = OtherJdk.without(owner, member);
    for (HookGroup each : HookGroup.values()) {
      List<String> missing = each == group ? List.of(owner + "." + member) : List.of();
      assertEquals(missing, other.missingFor(each), each.name());
    }
    assertEquals(List.of(), other.missingForAdoption());
  }

  @ParameterizedTest
  @CsvSource({
    "sun.nio.ch.Net, 'getIntOption0(Ljava/io/FileDescriptor;ZII)I'",
    "sun.nio.ch.Net, 'setIntOption0(Ljava/io/FileDescriptor;ZIIIZ)V'",
    "sun.nio.ch.DatagramChannelImpl, 'disconnect0(Ljava/io/FileDescriptor;Z)V'"
  })
  void whatIsDoneByNumberIsCheckedToo(String owner, String member) {
    assertEquals(List.of(), requirements.missingByNumber());
    Requirements other = OtherJdk.without(owner, member);
    assertEquals(List.of(owner + "." + member), other.missingByNumber());
    assertEquals(List.of(), other.missingForAdoption());
  }

  @Test
  void withoutDup2OnlyAdoptionIsOff() {
    String dup = "dup(Ljava/io/FileDescriptor;Ljava/io/FileDescriptor;)V";
    Requirements other = OtherJdk.without("sun.nio.ch.DatagramDispatcher", dup);
    assertEquals(List.of("sun.nio.ch.DatagramDispatcher." + dup), other.missingForAdoption());
    for (HookGroup each : HookGroup.values()) {
      assertEquals(List.of(), other.missingFor(each));
    }
  }

  /** Virtual threads came with 21; where they are, how they park and read has to be as known. */
  @Test
  void whatVirtualThreadsBroughtIsCheckedWhereThereAreSome() {
    String poller = "sun.nio.ch.Poller";
    String park = "poll(IIJLjava/util/function/BooleanSupplier;)V";
    assertEquals(List.of(), OtherJdk.withoutClass(poller).missingForAdoption());
    assumeTrue(JdkClassFiles.read(poller) != null, "this JDK has no virtual threads");
    assertEquals(List.of(poller + "." + park), OtherJdk.without(poller, park).missingForAdoption());
    String mode = "forcedNonBlocking:Z";
    assertEquals(
        List.of(CHANNEL + "." + mode), OtherJdk.without(CHANNEL, mode).missingForAdoption());
  }

  @Test
  void aMissingClassIsReportedWithAllThatIsNeededOfIt() {
    List<String> missing = OtherJdk.withoutClass(SOCKET).missingFor(HookGroup.SOCKET);
    assertTrue(missing.contains(SOCKET + ".state:I"), missing::toString);
    assertTrue(missing.contains(SOCKET + ".bind(Ljava/net/InetAddress;I)V"), missing::toString);
    assertTrue(missing.stream().allMatch(m -> m.startsWith(SOCKET + ".")), missing::toString);
    assertEquals(List.of(), OtherJdk.withoutClass(SOCKET).missingFor(HookGroup.CHANNEL));
    assertEquals(-1, OtherJdk.withoutClass(CHANNEL).state(CHANNEL, "ST_CONNECTIONPENDING"));
  }

  /** One of several selectors, or the HttpClient's module, need not be there. */
  @ParameterizedTest
  @CsvSource({
    "sun.nio.ch.EPollSelectorImpl",
    "sun.nio.ch.KQueueSelectorImpl",
    "sun.nio.ch.PollSelectorImpl",
    "jdk.internal.net.http.ConnectionPool$CacheKey"
  })
  void anOptionalClassMayBeMissing(String className) {
    assertEquals(List.of(), OtherJdk.withoutClass(className).missingFor(HookGroup.SELECT));
  }
}
