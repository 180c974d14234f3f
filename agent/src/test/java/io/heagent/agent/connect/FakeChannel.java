package io.heagent.agent.connect;

import io.heagent.agent.connect.call.SocketKind;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;

/** A program's channel that does not block. */
final class FakeChannel extends FakeProgramSocket {

  final List<SelectionKey> keys = new ArrayList<>();

  /** What its group does when it is asked to poll; of an asynchronous channel only. */
  Runnable whenPolled;

  /** The program closes it just before a step that needs it to be connecting. */
  boolean closeWhenAdopted;

  FakeChannel(SocketKind kind) {
    super(kind);
    nonBlocking = true;
  }

  @Override
  public boolean ifConnecting(Step step) throws IOException {
    if (closeWhenAdopted) {
      close();
    }
    return super.ifConnecting(step);
  }

  @Override
  public List<SelectionKey> keys() {
    return List.copyOf(keys);
  }

  @Override
  public void pollAsync() {
    whenPolled.run();
  }
}
