package io.heagent.it.netty.copies;

import io.heagent.it.lab.SelfAttach;
import io.heagent.it.netty.NettyProbe;
import java.util.stream.Stream;

/**
 * Runs {@link NettyProbe}, has the agent loaded into this very JVM, and runs it again. Arguments:
 * the agent's jar, the probe's arguments.
 */
public final class NettyAttach {
  private NettyAttach() {}

  public static void main(String[] args) throws Exception {
    String[] arguments = Stream.of(args).skip(1).toArray(String[]::new);
    NettyProbe.main(arguments);
    SelfAttach.load(args[0], "history=off");
    System.out.println("attached");
    NettyProbe.main(arguments);
  }
}
