package io.heagent.agent.connect.blocking;

import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.attempt.RaceEnvironment;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.socket.FallbackSocket;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.agent.log.Faults;
import io.heagent.engine.coordination.AttemptLimiter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;

/**
 * A side attempt for a race on a virtual thread, which can park on one descriptor only: the JDK's
 * own blocking connect on a second virtual thread, which costs no platform thread and pins no
 * carrier.
 */
final class VirtualThreadAttempt extends FallbackAttempt {

  private final SystemCalls system;
  private final Unparker wake;

  /** Written by the watching thread, this last, or before there is one. */
  private volatile boolean done;

  private volatile boolean connected;

  /** Null where there is none, or there was no memory to say so. */
  private volatile IOException failure;

  VirtualThreadAttempt(
      RaceEnvironment environment,
      ConnectCall call,
      InetAddress address,
      boolean ipv4Only,
      AttemptLimiter.Permit permit,
      Unparker wake) {
    super(environment, call, address, ipv4Only, permit);
    this.system = environment.system();
    this.wake = wake;
  }

  @Override
  public void start() throws IOException {
    FallbackSocket socket = open();
    if (!address.isLoopbackAddress() || !isConnectedAtOnce(socket)) {
      system.startVirtualThread(() -> watch(socket));
    }
  }

  /** On this host the answer is there by now, mostly, and there is nothing to watch. */
  private boolean isConnectedAtOnce(FallbackSocket socket) throws IOException {
    socket.configureBlocking(false);
    connected = socket.connect(nameless()) || socket.finishConnect();
    if (connected) {
      done = true;
      wake.run();
    } else {
      socket.configureBlocking(true);
    }
    return connected;
  }

  /** Lets nothing escape: a virtual thread has no handler but the program's. */
  private void watch(FallbackSocket socket) {
    try {
      socket.awaitConnect(nameless());
      connected = true;
    } catch (IOException e) {
      failure = e;
    } catch (RuntimeException | Error e) {
      Faults.unexpected(e);
    }
    done = true;
    wake.run();
  }

  @Override
  public boolean isConnected() throws IOException {
    if (!done || connected) {
      return connected;
    }
    throw failure == null ? new ConnectException("Connect failed") : failure;
  }

  @Override
  public boolean isPollable() {
    return false;
  }
}
