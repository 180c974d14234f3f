package io.heagent.agent.connect.fake;

import io.heagent.agent.connect.call.SocketKind;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;

/** A program's channel that does not block. */
public final class FakeChannel extends FakeProgramSocket {

  public final List<SelectionKey> keys = new ArrayList<>();

  /** What its group does when it is asked to poll; of an asynchronous channel only. */
  public Runnable whenPolled;

  /** The program closes it just before a step that needs it to be connecting. */
  public boolean closeWhenAdopted;

  public FakeChannel(SocketKind kind, FakeNetwork network) {
    super(kind, network);
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
