package io.heagent.it.netty.copies;

import io.heagent.it.netty.NettyProbe;
import java.io.File;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;

/**
 * Runs {@link NettyProbe}, has the agent loaded into this very JVM, and runs it again. Arguments:
 * the agent's jar, the probe's arguments.
 */
public final class NettyAttach {
  private NettyAttach() {}

  public static void main(String[] args) throws Exception {
    String[] arguments = Stream.of(args).skip(1).toArray(String[]::new);
    NettyProbe.main(arguments);
    String self = Long.toString(ProcessHandle.current().pid());
    ByteBuddyAgent.attach(new File(args[0]), self, "history=off");
    System.out.println("attached");
    NettyProbe.main(arguments);
  }
}
