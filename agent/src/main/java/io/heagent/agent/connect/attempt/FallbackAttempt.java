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

/** An attempt on a socket of the agent. */
public class FallbackAttempt extends DescriptorAttempt {

  private final RaceEnvironment environment;
  private final ConnectCall call;
  private final boolean ipv4Only;

  /**
   * Opened by {@link #start}, or made ahead; closed by {@link #close}. This attempt is its only
   * owner.
   */
  private FallbackSocket socket;

  /** Given back by {@link #close}. */
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
   * An attempt with a non-blocking socket that was made ahead.
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

  /** Opens a new blocking socket. */
  public final FallbackSocket open() throws IOException {
    socket = open(true);
    return socket;
  }

  private FallbackSocket open(boolean blocking) throws IOException {
    InetAddress dialled = call.remote().getAddress();
    return environment.system().open(call.request, dialled, ipv4Only, blocking);
  }

  /**
   * Makes this attempt's connection the program's, and closes the attempt's own descriptor unless a
   * {@link Adoption.NotCarriedException} is thrown.
   *
   * @param blocking the mode that the program's descriptor had when the JDK came to connect it
   * @param peer its address, as the program is to be told it
   * @return false if the program's socket was closed meanwhile
   * @throws Adoption.NotCarriedException if the connection lacks an option; nothing was done, and
   *     it is still open
   * @throws IOException as {@link Adoption#adopt}
   */
  public final boolean handOver(boolean blocking, InetAddress peer) throws IOException {
    boolean isKept = false;
    try {
      return Adoption.adopt(
          environment.system(),
          call.request.socket(),
          socket,
          blocking,
          new InetSocketAddress(peer, call.request.port()),
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

  /** The address as the agent itself connects to it, see {@link UnnamedAddress}. */
  protected final InetSocketAddress nameless() throws IOException {
    return new InetSocketAddress(UnnamedAddress.of(address), call.request.port());
  }

  @Override
  public boolean isConnected() throws IOException {
    return socket.isConnected();
  }

  /** The channel, for a selector. */
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

  /** A second call does nothing. Never throws. */
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
      // Not thrown: the caller has other attempts to close, or a connection to hand over.
      Faults.unexpected(unexpected);
    }
    try {
      environment.limiter().giveBack(permit);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }
}
