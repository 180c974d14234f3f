package io.heagent.engine;

import io.heagent.engine.address.PolicyTable;
import io.heagent.engine.history.ConnectHistory;
import io.heagent.engine.net.AddressPlan;
import io.heagent.engine.net.ConnectSettings;
import io.heagent.engine.net.ConnectSpec;
import io.heagent.engine.net.Connector;
import io.heagent.engine.net.Resolution;
import io.heagent.engine.race.ConnectListener;
import io.heagent.engine.race.RaceOptions;
import io.heagent.engine.resolve.Resolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Connects to whichever address of a host answers first (Happy Eyeballs, RFC 8305): all addresses
 * are tried, with the families interleaved; an attempt starts 250 ms after the one before, or as
 * soon as that one has failed.
 *
 * <pre>{@code
 * HappyEyeballs eyeballs = HappyEyeballs.defaults().timeout(Duration.ofSeconds(5));
 * try (Socket socket = eyeballs.connectSocket("example.com", 443)) {
 *   socket.getOutputStream().write(request);
 * }
 * }</pre>
 *
 * <p>Instances are immutable and thread-safe; each setter returns a new instance. One daemon thread
 * serves all connects, and a few more daemon threads do the look-ups; each ends when it has been
 * idle for a while.
 *
 * <p><b>Results</b> are connected channels in blocking mode. The caller owns the channel and closes
 * it; the sockets of all other attempts are closed by the race. The remote address keeps the host
 * name that the caller gave.
 *
 * <p><b>Failures</b>:
 *
 * <ul>
 *   <li>when the host cannot be looked up, a {@link java.net.UnknownHostException} with the message
 *       of the look-up's exception, which is its cause (connects that look up the same host at the
 *       same time may share that cause);
 *   <li>when all addresses have failed, an exception of the type that the first one gave ({@link
 *       java.net.ConnectException}, {@link java.net.NoRouteToHostException}, …), whose message
 *       names every address with its outcome and milliseconds, with the causes suppressed in
 *       attempt order;
 *   <li>after the timeout, which covers the look-up too, a {@link java.net.SocketTimeoutException}
 *       of the same kind;
 *   <li>a {@link java.net.SocketException} if local addresses are given and none is of the family
 *       of any remote one;
 *   <li>when the thread is interrupted, {@link java.nio.channels.ClosedByInterruptException}, with
 *       the interrupt status set, as {@link SocketChannel#connect} does; every socket of the race
 *       is closed.
 * </ul>
 */
public final class HappyEyeballs {

  private static final HappyEyeballs DEFAULTS = new HappyEyeballs(ConnectSettings.DEFAULT);

  private final ConnectSettings settings;

  private HappyEyeballs(ConnectSettings settings) {
    this.settings = settings;
  }

  /**
   * The defaults: a Connection Attempt Delay of 250 ms, families interleaved after the first
   * address, at most 6 attempts in flight, no timeout.
   */
  public static HappyEyeballs defaults() {
    return DEFAULTS;
  }

  /**
   * The Connection Attempt Delay (RFC 8305 section 5), see {@link RaceOptions#delay}.
   *
   * @param delay 10 ms to 2 s
   * @return a copy with this delay
   * @throws IllegalArgumentException if it is out of range
   */
  public HappyEyeballs delay(Duration delay) {
    return with(settings.options().delay(delay));
  }

  /**
   * Switches the delay timer off: the next address is tried only when the attempt before has
   * failed.
   */
  public HappyEyeballs sequential() {
    return with(settings.options().sequential());
  }

  /**
   * The time limit of the whole connect, look-up included. It is not divided among the addresses.
   *
   * @param timeout more than zero
   * @return a copy with this limit
   * @throws IllegalArgumentException if it is zero or negative
   */
  public HappyEyeballs timeout(Duration timeout) {
    return with(settings.options().timeout(timeout));
  }

  /**
   * How many attempts may run at the same time. When one more is due, the oldest attempt is
   * cancelled.
   *
   * @param maxInFlight 1 or more
   * @return a copy with this limit
   * @throws IllegalArgumentException if smaller than 1
   */
  public HappyEyeballs maxInFlight(int maxInFlight) {
    return with(settings.options().maxInFlight(maxInFlight));
  }

  /**
   * How many addresses of the first family go before the first of the other: the First Address
   * Family Count of RFC 8305 section 8.
   *
   * @param count 1 or more
   * @return a copy with this count
   * @throws IllegalArgumentException if smaller than 1; see {@link #keepOrder()}
   */
  public HappyEyeballs firstFamilyCount(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "firstFamilyCount " + count + ": must be >= 1 (not to interleave, use keepOrder())");
    }
    return new HappyEyeballs(settings.withFirstFamilyCount(count));
  }

  /** Does not interleave families: addresses are tried in the order of the answer. */
  public HappyEyeballs keepOrder() {
    return new HappyEyeballs(settings.withFirstFamilyCount(0));
  }

  /**
   * Local addresses to connect from; the system chooses the port. Every pair of a remote and a
   * local address of the same family is one attempt, all local addresses for the first remote one
   * first. Pairs of different families are skipped without a delay.
   *
   * @param addresses an empty list leaves the choice of the local address to the system
   */
  public HappyEyeballs localAddresses(List<InetAddress> addresses) {
    return new HappyEyeballs(settings.withLocalAddresses(addresses));
  }

  /**
   * A socket option, set on every socket before its first packet, as buffer sizes require. If the
   * platform does not support it, every attempt fails with the platform's exception as its cause.
   *
   * @param <V> the type of its value
   * @param value as {@link SocketChannel#setOption} takes it
   * @return a copy with this option added; a second value for the same option replaces the first
   */
  public <V> HappyEyeballs option(SocketOption<V> option, V value) {
    return new HappyEyeballs(settings.withOption(Objects.requireNonNull(option, "option"), value));
  }

  /**
   * Sets the listener that is told what happens. It replaces the listener set before.
   *
   * @param newListener its methods are called on the one thread that serves all connects, never two
   *     at a time; it must return quickly
   * @return a copy with this listener
   */
  public HappyEyeballs listener(ConnectListener newListener) {
    return new HappyEyeballs(settings.with(Objects.requireNonNull(newListener, "listener")));
  }

  /**
   * Looks names up by a resolver of the caller's choice, which may answer for each family
   * separately. The first attempt starts when the look-up for IPv6 has ended, or when the
   * Resolution Delay has passed after the IPv4 answer, whichever is first; addresses that come
   * later join the race (RFC 8305 section 3). Without this setting the race waits for the JDK's
   * look-up of both families.
   *
   * @param resolver for example {@link io.heagent.engine.resolve.SystemResolver}
   * @param delay the Resolution Delay; the RFC recommends 50 ms
   * @throws IllegalArgumentException if the delay is negative or more than 2 s
   */
  public HappyEyeballs resolver(Resolver resolver, Duration delay) {
    return with(settings.plan().with(new Resolution(resolver, delay)));
  }

  /**
   * Sorts the addresses by RFC 6724 before the families are interleaved, whatever order the
   * resolver returns them in. The source address for each is found by connecting a UDP socket,
   * which sends no packet.
   *
   * @param table {@link PolicyTable#DEFAULT} is the table of RFC 6724
   */
  public HappyEyeballs sortedBy(PolicyTable table) {
    return with(settings.plan().with(Objects.requireNonNull(table, "table")));
  }

  /**
   * Remembers how connects went and uses that for later ones: addresses that failed lately are
   * tried last, and the delay after each attempt follows the connect times known of its address.
   * That delay replaces {@link #delay}, but not {@link #sequential}. The history is not used
   * together with {@link #localAddresses}, because a remote address that fails from one local
   * address may work from another.
   *
   * @param history may be shared by several instances; call {@link ConnectHistory#networkChanged}
   *     when the network changes
   */
  public HappyEyeballs history(ConnectHistory history) {
    return with(settings.plan().with(Objects.requireNonNull(history, "history")));
  }

  /**
   * Connects to a host by name or literal, and waits. A listener must not call this: it would block
   * the thread that has to carry the connect out.
   *
   * @param host a name, or an IP literal, which is never looked up
   * @param port 0 to 65535
   * @return connected and in blocking mode, for the caller to close
   * @throws IOException see {@link HappyEyeballs}
   * @throws IllegalArgumentException if the port is out of range
   * @throws IllegalStateException if a listener calls this
   */
  public SocketChannel connect(String host, int port) throws IOException {
    return Connector.shared().connect(spec(host, port, null));
  }

  /**
   * Connects to an address, and waits. A resolved address is the only one tried; an unresolved one
   * is looked up and raced as {@link #connect(String, int)} does.
   *
   * @return connected and in blocking mode, for the caller to close
   * @throws IOException see {@link HappyEyeballs}
   */
  public SocketChannel connect(InetSocketAddress address) throws IOException {
    return Connector.shared().connect(spec(address));
  }

  /**
   * Connects to one of the given addresses, and waits. Nothing is looked up.
   *
   * @param addresses in order of preference, at least one
   * @param port 0 to 65535
   * @return connected and in blocking mode, for the caller to close
   * @throws IOException see {@link HappyEyeballs}
   * @throws IllegalArgumentException if there is no address, or the port is out of range
   */
  public SocketChannel connect(List<InetAddress> addresses, int port) throws IOException {
    return Connector.shared().connect(spec(addresses, port));
  }

  /**
   * Does what {@link #connect(String, int)} does and returns the channel's socket, whose streams
   * can be used at once.
   */
  public Socket connectSocket(String host, int port) throws IOException {
    return connect(host, port).socket();
  }

  /** Does what {@link #connect(InetSocketAddress)} does and returns the channel's socket. */
  public Socket connectSocket(InetSocketAddress address) throws IOException {
    return connect(address).socket();
  }

  /** Does what {@link #connect(List, int)} does and returns the channel's socket. */
  public Socket connectSocket(List<InetAddress> addresses, int port) throws IOException {
    return connect(addresses, port).socket();
  }

  /**
   * Connects without waiting.
   *
   * @return completes with the connected channel (in blocking mode), or exceptionally with one of
   *     the failures that {@link HappyEyeballs} lists. If the caller cancels or completes the
   *     future itself, the connect is cancelled in every phase, and a channel that connects later
   *     is closed. Dependent actions run on the future's default executor.
   */
  public CompletableFuture<SocketChannel> connectAsync(String host, int port) {
    return Connector.shared().connectAsync(spec(host, port, null));
  }

  /** Does what {@link #connect(InetSocketAddress)} does, without waiting. */
  public CompletableFuture<SocketChannel> connectAsync(InetSocketAddress address) {
    return Connector.shared().connectAsync(spec(address));
  }

  /** Does what {@link #connect(List, int)} does, without waiting. */
  public CompletableFuture<SocketChannel> connectAsync(List<InetAddress> addresses, int port) {
    return Connector.shared().connectAsync(spec(addresses, port));
  }

  private HappyEyeballs with(AddressPlan newPlan) {
    return new HappyEyeballs(settings.with(newPlan));
  }

  private HappyEyeballs with(RaceOptions newOptions) {
    return new HappyEyeballs(settings.with(newOptions));
  }

  private ConnectSpec spec(InetSocketAddress address) {
    // getHostString, not getHostName: the latter may ask DNS for the name of a literal.
    List<InetAddress> known = address.isUnresolved() ? null : List.of(address.getAddress());
    return spec(address.getHostString(), address.getPort(), known);
  }

  private ConnectSpec spec(List<InetAddress> addresses, int port) {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("addresses: must be at least one");
    }
    InetAddress first = addresses.get(0);
    String host = new InetSocketAddress(first, port).getHostString();
    return spec(host, port, List.copyOf(addresses));
  }

  private ConnectSpec spec(String host, int port, List<InetAddress> addresses) {
    return new ConnectSpec(Objects.requireNonNull(host, "host"), port, addresses, settings);
  }
}
