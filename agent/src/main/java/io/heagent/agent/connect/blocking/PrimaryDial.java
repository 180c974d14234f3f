package io.heagent.agent.connect.blocking;

import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.attempt.PrimaryAttempt;
import io.heagent.agent.connect.attempt.RaceEnvironment;
import io.heagent.agent.connect.attempt.Redial;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.agent.log.Faults;
import io.heagent.engine.time.Millis;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ProtocolFamily;

/**
 * The dial of a blocking connect on the program's own descriptor, and the wait for it alone. {@code
 * PrimaryDescriptor} does the same for channels. It is all that a connect needs whose first address
 * answers; {@link BlockingRace} does the rest. Only the thread that connects uses it.
 */
public final class PrimaryDial {

  final RaceEnvironment environment;
  final ConnectCall call;

  private final SystemCalls system;
  private final FileDescriptor fd;
  private final ProtocolFamily family;

  /**
   * Whether the descriptor was blocking when the JDK's connect began, so that the JDK expects a
   * blocking descriptor afterwards.
   */
  private final boolean blocking;

  /** The address to dial, or that was dialled last; a winner's, if the socket has taken it over. */
  private InetAddress address;

  /** Whether the descriptor has a dial of this object, and no winner's connection. */
  private boolean dialled;

  /** The dial as the attempt of a race; null until there is a race. */
  private PrimaryAttempt attempt;

  /** The failure of the dial; null for none. */
  private IOException failure;

  private boolean connected;

  /**
   * Whether the observer has counted the race, or the code that goes on with it will see to that.
   */
  private boolean counted;

  /**
   * Nothing is dialled yet.
   *
   * @param first the address to begin with
   */
  public PrimaryDial(
      RaceEnvironment environment,
      ConnectCall call,
      ProtocolFamily family,
      FileDescriptor fd,
      InetAddress first) {
    this.environment = environment;
    this.system = environment.system();
    this.call = call;
    this.family = family;
    this.fd = fd;
    this.address = first;
    this.blocking = call.request.socket().hasBlockingDescriptor();
  }

  /** Dials an address on the program's own descriptor. */
  void dial(InetAddress first) {
    address = first;
    try {
      if (blocking) {
        system.configureBlocking(fd, false);
      }
    } catch (IOException notTheNetwork) {
      throw new UncheckedIOException(notTheNetwork);
    }
    try {
      connected = call.request.socket().dial(family, fd, first, call.request.port());
    } catch (IOException e) {
      failure = e;
    }
    // Set only now: if dial has thrown anything but an IOException, nothing was dialled.
    dialled = true;
    if (!connected && failure == null) {
      look();
    }
  }

  /** Looks whether the dial has an outcome by now. */
  private void look() {
    try {
      connected = attempt == null ? call.request.socket().isDialled(fd) : attempt.isConnected();
    } catch (IOException e) {
      failure = e;
    }
  }

  /**
   * Dials the address of a winner, which is closed for that, unless the address dialled before has
   * answered at the last moment.
   *
   * @return STUCK if this was not possible and the connect dialled before is still pending
   */
  Redial.Result dialAgain(FallbackAttempt winner) {
    PrimaryAttempt former = attempt();
    if (former.isConnectedByNow()) {
      connected = true;
      winner.close();
      return Redial.Result.DIALLED;
    }
    PrimaryAttempt next = new PrimaryAttempt(call.request, family, fd, winner.address);
    Redial.Result result = Redial.Result.DIALLED;
    IOException refused = null;
    try {
      result = Redial.dial(system, call, winner, former, next, null);
    } catch (IOException e) {
      refused = e;
    }
    if (result == Redial.Result.DIALLED) {
      attempt = next;
      address = next.address;
      failure = refused;
    }
    return result;
  }

  /** Waits until the attempt has an outcome, the time is over, or the program closes its socket. */
  void await(long until) throws IOException {
    long now;
    while (isUndecided() && (now = system.nanoTime()) < until) {
      park(until == ConnectCall.NEVER ? ConnectCall.NEVER : until - now);
      if (call.request.socket().isConnecting()) {
        look();
      }
    }
  }

  private void park(long nanos) throws IOException {
    try {
      parkOrThrow(nanos);
    } catch (InterruptedIOException interrupted) {
      throw interrupted;
    } catch (IOException notTheNetwork) {
      throw new UncheckedIOException(notTheNetwork);
    }
  }

  private void parkOrThrow(long nanos) throws IOException {
    if (!system.isVirtualThread()) {
      system.poll(fd, nanos == ConnectCall.NEVER ? -1 : Millis.roundedUp(nanos));
      return;
    }
    system.parkVirtual(
        fd, nanos == ConnectCall.NEVER ? 0 : nanos, () -> call.request.socket().isOpen());
    if (call.request.socket().kind() == SocketKind.SOCKET
        && Thread.currentThread().isInterrupted()) {
      // NioSocketImpl.park of the JDK throws the same.
      throw new InterruptedIOException();
    }
  }

  boolean isUndecided() {
    return !connected && failure == null && call.request.socket().isConnecting();
  }

  /**
   * Whether the address has accepted the connect, or the system has reported its failure. Once the
   * program has closed its socket a failure tells nothing of the address.
   */
  boolean isAnswered() {
    return connected || (failure != null && call.request.socket().isConnecting());
  }

  boolean isConnected() {
    return connected;
  }

  IOException failure() {
    return failure;
  }

  /** Whether the descriptor has a dial of this object, and no winner's connection. */
  boolean isDialled() {
    return dialled;
  }

  /** The dial as the attempt of a race. Only called once something was dialled. */
  PrimaryAttempt attempt() {
    if (attempt == null) {
      attempt = PrimaryAttempt.begun(call.request, family, fd, address, failure != null);
    }
    return attempt;
  }

  /** The address to dial, or that was dialled last. */
  InetAddress address() {
    return address;
  }

  /** The address that the program's socket is connected to, once the race has connected it. */
  public InetAddress peer() {
    return address;
  }

  /** From now on the race is counted, or the code that goes on with it will see to that. */
  void count() {
    counted = true;
  }

  boolean isCounted() {
    return counted;
  }

  /** Whether the descriptor was blocking when the JDK's connect began. */
  boolean isBlocking() {
    return blocking;
  }

  /** Called when the descriptor has a winner's connection, in the mode that the JDK expects. */
  void replaced(InetAddress winner) {
    dialled = false;
    address = winner;
  }

  /**
   * Sets the descriptor's mode back to what it was. If that fails twice, the outcome stays as it
   * is, because the JDK's reads and writes wait in either mode.
   */
  void restoreMode() {
    if (blocking && !isModeRestored()) {
      isModeRestored();
    }
  }

  private boolean isModeRestored() {
    try {
      if (call.request.socket().isConnecting()) {
        system.configureBlocking(fd, true);
      }
      return true;
    } catch (IOException | RuntimeException | Error e) {
      Faults.unexpected(e);
      return false;
    }
  }
}
