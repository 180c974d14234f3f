package io.heagent.agent.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import sun.nio.ch.HeJdk;

/**
 * A side attempt for a race on a virtual thread, which can park on one descriptor only: the JDK's
 * own blocking connect on a second virtual thread, which costs no platform thread and pins no
 * carrier.
 */
final class VirtualSide extends SideAttempt {

  private final Wake wake;

  /** Written by the watching thread, {@link #failure} first, or before there is one. */
  private volatile boolean done;

  private volatile IOException failure;

  VirtualSide(
      ConnectCall call, InetAddress address, boolean ipv4Only, SynBudget.Permit permit, Wake wake) {
    super(call, address, ipv4Only, permit);
    this.wake = wake;
  }

  @Override
  void start() throws IOException {
    SocketChannel channel = open();
    if (!address.isLoopbackAddress() || !isConnectedAtOnce(channel)) {
      HeJdk.startVirtualThread(() -> watch(channel));
    }
  }

  /** On this host the answer is there by now, mostly, and there is nothing to watch. */
  private boolean isConnectedAtOnce(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    done = channel.connect(nameless()) || channel.finishConnect();
    if (done) {
      wake.run();
    } else {
      channel.configureBlocking(true);
    }
    return done;
  }

  private void watch(SocketChannel channel) {
    try {
      if (channel.isConnectionPending()) {
        channel.finishConnect();
      } else {
        channel.connect(nameless());
      }
    } catch (IOException e) {
      failure = e;
    } catch (RuntimeException e) {
      failure = new IOException(e);
    } finally {
      done = true;
      wake.run();
    }
  }

  @Override
  boolean isConnected() throws IOException {
    boolean over = done;
    if (failure != null) {
      throw failure;
    }
    return over;
  }

  @Override
  boolean isPollable() {
    return false;
  }
}
