package io.heagent.agent.connect.foreign;

import io.heagent.agent.connect.admission.Admission;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.channel.ChannelEnvironment;
import io.heagent.agent.connect.channel.ChannelRace;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import sun.nio.ch.HeHook;

/**
 * One connect of a channel that is not the JDK's. Its event loop begins it and asks for the
 * outcome; whoever closes the channel cancels it. Takes the monitor of the race.
 */
public final class ForeignConnect {

  private final ConnectCall call;
  private final Admission admission;
  private final ChannelRace race;

  public ForeignConnect(
      ConnectCall call, ForeignSocket socket, Admission admission, ChannelEnvironment shared) {
    this.call = call;
    this.admission = admission;
    this.race =
        new ChannelRace(
            call,
            socket.isIpv4Only() ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6,
            socket.descriptor(),
            shared);
  }

  /**
   * Dials.
   *
   * @return false where nothing has been begun, and the library's own path is to run
   * @throws IOException the outcome
   */
  public boolean start() throws IOException {
    call.race();
    call.detach();
    return race.start(call.remote().getAddress()) == HeHook.PENDING;
  }

  /** The library's method that began the connect is left. */
  public void left() {
    if (!call.isDetached()) {
      admission.over(call, call.outcome());
    }
  }

  /**
   * The library asks for the outcome.
   *
   * @return whether there is none yet; else what is asked of the descriptor itself is the outcome
   * @throws IOException the failure of the race
   */
  public boolean isPending() throws IOException {
    return race.pollOrWait() == HeHook.PENDING;
  }

  /** The program closes the channel. */
  public void cancel() {
    race.cancel();
  }
}
