package io.heagent.agent.connect.foreign;

import io.heagent.agent.connect.admission.Admission;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.candidates.CandidateSource;
import io.heagent.agent.connect.channel.ChannelEnvironment;
import io.heagent.agent.connect.channel.ChannelRace;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import sun.nio.ch.HeHook;

/**
 * One connect of a channel that is not the JDK's. The channel's event loop begins it and asks for
 * its outcome; a thread that closes the channel cancels it. Its methods take the monitor of the
 * race.
 */
public final class ForeignConnect {

  private final ConnectCall call;
  private final ForeignSocket socket;
  private final Admission admission;
  private final ChannelRace race;

  public ForeignConnect(
      ConnectCall call, ForeignSocket socket, Admission admission, ChannelEnvironment shared) {
    this.call = call;
    this.socket = socket;
    this.admission = admission;
    this.race =
        new ChannelRace(
            call,
            socket.isIpv4Only() ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6,
            socket.descriptor(),
            shared);
  }

  /**
   * Dials the first address.
   *
   * @return false if nothing was started, so that the library must connect by itself
   * @throws IOException the outcome
   */
  public boolean start() throws IOException {
    // Asked before anything has begun: if it fails, the call ends as one that is not raced.
    if (call.isReordered() && socket.isBegun()) {
      // The requested address comes first after all, and its siblings soon after it.
      CandidateSource.replaceOrder(call, call.order().requesting(call.requested()).plannedAlone());
    }
    call.race();
    call.detach();
    return race.start(call.remote().getAddress()) == HeHook.PENDING;
  }

  /** Called when the library's method that began the connect returns or throws. */
  public void left() {
    if (!call.isDetached()) {
      admission.over(call, call.outcome());
    }
  }

  /**
   * Called when the library asks for the outcome.
   *
   * @return whether there is none yet; if false, the library asks the descriptor for the outcome
   * @throws IOException the failure of the race
   */
  public boolean isPending() throws IOException {
    return race.pollOrWait() == HeHook.PENDING;
  }

  /** Called when the program closes the channel. */
  public void cancel() {
    race.cancel();
  }
}
