package io.heagent.agent.connect.channel;

import static io.heagent.agent.connect.channel.ChannelRig.A;
import static io.heagent.agent.connect.channel.ChannelRig.B;
import static io.heagent.agent.connect.channel.ChannelRig.happens;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Winners whose connection cannot become the channel's: their address is dialled on its descriptor,
 * which is looked at ever less often, after 0.5, 1.5, 3.5, 7.5, 15.5 and 31.5 ms.
 */
class ChannelRedialTest {

  /** B, which wins after 280 ms, is dialled on the channel's descriptor; then this happens. */
  private static void redials(ChannelRig rig, String... after) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "0 dial " + A,
                "250 dial " + B,
                "280 take back " + A,
                "280 close " + B,
                "280 dial " + B));
    lines.addAll(List.of(after));
    happens(rig, lines.toArray(new String[0]));
  }

  @Test
  void winnerIsDialledOnTheChannelsOwnDescriptor() {
    ChannelRig rig = ChannelRig.redialled(A, B).accepts(B, 30).connect();
    redials(rig, "311 over", "311 wake up", "311 told connected to " + B);
  }

  @Test
  void winnerIsDialledOnTheAsynchronousChannelsOwnDescriptor() {
    ChannelRig rig = ChannelRig.asyncRedialled(A, B).accepts(B, 30).connect();
    redials(rig, "311 over", "311 told connected to " + B);
  }

  @Test
  void winnerThatLacksAnOptionIsDialledAgain() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(B, 30).connect();
    rig.network.lostOption = "TCP_NODELAY";
    redials(rig, "311 over", "311 wake up", "311 told connected to " + B);
  }

  /** Otherwise another address would win and could not become the channel's connection. */
  @Test
  void whereAConnectCannotBeTakenBackOnlyAFailureIsFollowed() {
    ChannelRig rig = ChannelRig.redialled(A, B).refuses(A, 400).accepts(B, 4);
    rig.network.canDisconnect = false;
    happens(
        rig.connect(),
        "0 dial " + A,
        "400 dial " + B,
        "404 close " + B,
        "404 dial " + B,
        "411 over",
        "411 wake up",
        "411 told connected to " + B);
  }

  @Test
  void winnerThatRefusesTheSecondDialIsToldToTheLetter() {
    ChannelRig rig = ChannelRig.redialled(A, B).accepts(B, 30).connect();
    rig.network.at(270, () -> rig.network.fails(B, 1, new ConnectException("Connection refused")));
    redials(rig, "281 wake up", "281 over", "281 told ConnectException: Connection refused");
  }

  @Test
  void closeBeforeTheSecondDialEndsIt() {
    ChannelRig rig = ChannelRig.redialled(A, B).accepts(B, 30).connect();
    rig.network.at(280, () -> rig.socket.closeWhenAdopted = true);
    happens(rig, "0 dial " + A, "250 dial " + B, "280 close " + B, "280 over");
  }

  @Test
  void closeDuringTheSecondDialEndsIt() {
    ChannelRig rig = ChannelRig.redialled(A, B).accepts(B, 30).closes(300).connect();
    redials(rig, "300 close", "300 over");
  }

  /** An attempt that was dropped for later ones and cannot be taken back is still waited for. */
  @Test
  void connectThatCannotBeTakenBackAfterAllIsWaitedForAgain() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(A, 290).accepts(B, 30).connect();
    rig.network.lostOption = "TCP_NODELAY";
    rig.network.canDisconnect = false;
    happens(
        rig,
        "0 dial " + A,
        "250 dial " + B,
        "280 close " + B,
        "290 over",
        "290 wake up",
        "290 told connected to " + A);
  }

  @Test
  void withoutADescriptorNothingIsDialledAgain() {
    ChannelRig rig = ChannelRig.redialled(A, B).accepts(A, 400).connect();
    rig.network.noDescriptor = new IOException("Too many open files");
    happens(rig, "0 dial " + A, "400 over", "400 told connected to " + A);
  }

  /** Nothing is dialled a second time where no sibling wins. */
  @Test
  void requestedAddressThatAnswersLateIsDialledOnce() {
    ChannelRig rig = ChannelRig.redialled(A, B).accepts(A, 265).accepts(B, 30).connect();
    happens(
        rig,
        "0 dial " + A,
        "250 dial " + B,
        "265 over",
        "265 close " + B,
        "265 told connected to " + A);
  }

  /** It is connected while the winner's options are looked at, and so the winner is closed. */
  @Test
  void requestedAddressThatAnswersAtTheLastMomentIsKept() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(B, 30).connect();
    rig.network.lostOption = "TCP_NODELAY";
    rig.network.whileCarrying = () -> rig.network.acceptsNow(rig.socket.descriptor);
    happens(
        rig,
        "0 dial " + A,
        "250 dial " + B,
        "280 close " + B,
        "280 over",
        "280 wake up",
        "280 told connected to " + A);
  }

  @Test
  void winnerThatRefusesWithinTheSecondDialIsToldToTheLetter() {
    ChannelRig rig = ChannelRig.redialled(A, B).accepts(B, 30).connect();
    rig.network.at(270, () -> rig.network.fails(B, 0, new ConnectException("Connection refused")));
    redials(rig, "280 wake up", "280 over", "280 told ConnectException: Connection refused");
  }
}
