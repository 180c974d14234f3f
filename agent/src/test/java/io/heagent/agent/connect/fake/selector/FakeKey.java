package io.heagent.agent.connect.fake.selector;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;

/** The key of a channel with a {@link FakeSelector}. */
public final class FakeKey extends SelectionKey {

  private final FakeSelector selector;
  private boolean valid = true;
  private int interest = OP_CONNECT;

  public FakeKey(FakeSelector selector) {
    this.selector = selector;
  }

  @Override
  public SelectableChannel channel() {
    throw new UnsupportedOperationException("no channel");
  }

  @Override
  public FakeSelector selector() {
    return selector;
  }

  @Override
  public boolean isValid() {
    return valid;
  }

  @Override
  public void cancel() {
    valid = false;
  }

  @Override
  public int interestOps() {
    if (!valid) {
      throw new CancelledKeyException();
    }
    return interest;
  }

  /** As in the JDK: its selector looks at it when it selects next. */
  @Override
  public SelectionKey interestOps(int ops) {
    interestOps();
    interest = ops;
    selector.queue(this);
    return this;
  }

  @Override
  public int readyOps() {
    throw new UnsupportedOperationException("asked for by nobody");
  }
}
