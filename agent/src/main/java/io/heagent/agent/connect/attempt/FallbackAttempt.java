package io.heagent.agent.connect.attempt;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.UnnamedAddress;
import io.heagent.agent.connect.socket.Adoption;
import io.heagent.agent.connect.socket.FallbackSocket;
import io.heagent.agent.log.Faults;
import io.heagent.engine.coordination.AttemptLimiter;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;

/** An attempt on a socket of its own. */
public class FallbackAttempt extends DescriptorAttempt {

  private final RaceEnvironment environment;
  private final ConnectCall call;
  private final boolean ipv4Only;

  /** Opened by start or made ahead, closed by close; owned by nobody else at any time. */
  private FallbackSocket socket;

  /** Given back by close. */
  private final AttemptLimiter.Permit permit;

  private boolean closed;

  public FallbackAttempt(
      RaceEnvironment environment,
      ConnectCall call,
      InetAddress address,
      boolean ipv4Only,
      AttemptLimiter.Permit permit) {
    this(environment, call, address, ipv4Only, permit, null);
  }

  /**
   * With a socket, non-blocking, that was made ahead.
   *
   * @param socket null for none
   */
  public FallbackAttempt(
      RaceEnvironment environment,
      ConnectCall call,
      InetAddress address,
      boolean ipv4Only,
      AttemptLimiter.Permit permit,
      FallbackSocket socket) {
    super(address);
    this.environment = environment;
    this.call = call;
    this.ipv4Only = ipv4Only;
    this.permit = permit;
    this.socket = socket;
  }

  @Override
  public void start() throws IOException {
    if (socket == null) {
      socket = open(false);
    }
    socket.connect(nameless());
  }

  /** A new one, blocking. */
  public final FallbackSocket open() throws IOException {
    socket = open(true);
    return socket;
  }

  private FallbackSocket open(boolean blocking) throws IOException {
    InetAddress dialled = call.remote().getAddress();
    return environment.system().open(call.request, dialled, ipv4Only, blocking);
  }

  /**
   * Makes its connection the program's, and closes it in any case but one.
   *
   * @param blocking the mode that the program's descriptor had when the JDK came to connect it
   * @param peer its address, as the program is to be told it
   * @return false if the program's socket was closed meanwhile
   * @throws Adoption.NotCarriedException if it lacks an option; nothing is done, it is open
   * @throws IOException as {@link Adoption#adopt}
   */
  public final boolean handOver(boolean blocking, InetAddress peer) throws IOException {
    boolean isKept = false;
    try {
      return Adoption.adopt(
          environment.system(),
          call.socket,
          socket,
          blocking,
          new InetSocketAddress(peer, call.port),
          call.remote());
    } catch (Adoption.NotCarriedException e) {
      isKept = true;
      throw e;
    } finally {
      if (!isKept) {
        close();
      }
    }
  }

  /** The address without its name: literals are left alone by our own hooks. */
  protected final InetSocketAddress nameless() throws IOException {
    return new InetSocketAddress(UnnamedAddress.of(address), call.port);
  }

  @Override
  public boolean isConnected() throws IOException {
    return socket.isConnected();
  }

  /** What a selector can watch. */
  public final SelectableChannel channel() {
    return socket.channel();
  }

  @Override
  public final FileDescriptor descriptor() {
    return socket.descriptor();
  }

  @Override
  public boolean isPollable() {
    return socket.isOpen();
  }

  /** Idempotent; throws nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (RuntimeException | Error unexpected) {
      // Who closes has others to close, or a connection to hand over.
      Faults.unexpected(unexpected);
    }
    try {
      environment.limiter().giveBack(permit);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }
}
