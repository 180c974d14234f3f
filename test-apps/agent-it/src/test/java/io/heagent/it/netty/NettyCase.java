package io.heagent.it.netty;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import org.junit.jupiter.api.BeforeAll;

/** The hosts that all tests of Netty's epoll transport connect to, on machines where it runs. */
public abstract class NettyCase {
  protected static final AgentLab lab = AgentLab.shared();

  @BeforeAll
  public static void assumeThatNettysNativeCodeRunsHere() {
    assumeTrue(NettyJars.areForThisMachine(), "Netty's native code is for x86_64 here");
  }
}
