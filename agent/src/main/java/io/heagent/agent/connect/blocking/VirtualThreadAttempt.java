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
 * A fallback attempt of a race on a virtual thread. A virtual thread can park on one descriptor
 * only, so this attempt is a blocking connect of the JDK on a second virtual thread, which needs no
 * platform thread and pins no carrier.
 */
final class VirtualThreadAttempt extends FallbackAttempt {

  private final SystemCalls system;
  private final Unparker wake;

  /**
   * Written by the watching thread after {@code failure}, or by the racing thread before there is a
   * watching thread.
   */
  private volatile boolean done;

  private volatile boolean connected;

  /** The failure; null if there is none, or if there was no memory for the exception. */
  private volatile IOException failure;

  /**
   * Makes an attempt. A method and not a constructor, whose callers could not be verified without
   * loading this class.
   */
  static FallbackAttempt of(
      RaceEnvironment environment,
      ConnectCall call,
      InetAddress address,
      boolean ipv4Only,
      AttemptLimiter.Permit permit,
      Unparker wake) {
    return new VirtualThreadAttempt(environment, call, address, ipv4Only, permit, wake);
  }

  private VirtualThreadAttempt(
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

  /**
   * Whether an address of this host has answered already, as it mostly has; then no thread need
   * watch it.
   */
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

  /**
   * Waits for the outcome. Never throws, because the uncaught exception handler of a virtual thread
   * is the program's.
   */
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
