package io.heagent.it.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.channel.OpenChannelLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Side;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.Strace;
import io.heagent.testkit.jvm.TempDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The agent never makes a system call with a descriptor number that is not open. Such a fault would
 * harm somebody only if a stranger took the number at that very moment, so no other test would
 * notice it.
 */
@Tag("jvm")
class DescriptorTraceIT {
  private static final int OPERATIONS = 3_000;

  @RegisterExtension static final OpenChannelLab lab = new OpenChannelLab();

  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void nothingIsClosedTwiceNorClosedBeforeItIsDeregistered(String adoption) throws Exception {
    assumeTrue(Strace.canTrace(), "strace is missing, or may not trace here");
    try (TempDirectory directory = TempDirectory.create("trace")) {
      Path trace = directory.path().resolve("trace");
      ForkedJvm jvm =
          lab.agent("delay=10ms,adoption=" + adoption)
              .withC2()
              .limit(Duration.ofMinutes(5))
              .under(Strace.command(trace, "close,epoll_ctl,?dup2,dup3,connect"));
      Facts seen = Side.facts(jvm, HostileProbe.class, lab.port(), OPERATIONS, 1).get("hostile");
      assertEquals("[]", seen.get("wrong"), seen::toString);
      List<String> calls = Files.readAllLines(trace);
      assertTrue(calls.stream().anyMatch(call -> call.contains("EPOLL_CTL_ADD")));
      assertTrue(calls.stream().filter(call -> call.contains("close(")).count() > OPERATIONS / 10);
      assertEquals(List.of(), calls.stream().filter(call -> call.contains("EBADF")).toList());
    }
  }
}
