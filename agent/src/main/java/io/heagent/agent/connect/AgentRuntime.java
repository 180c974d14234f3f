package io.heagent.agent.connect;

import io.heagent.agent.config.Layers;
import io.heagent.agent.config.file.SettingsFile;
import io.heagent.agent.connect.admission.Admission;
import io.heagent.agent.connect.admission.BoundSockets;
import io.heagent.agent.connect.admission.HistoryRegistry;
import io.heagent.agent.connect.admission.SettingsInForce;
import io.heagent.agent.connect.admission.TargetFilter;
import io.heagent.agent.connect.attempt.RaceLoop;
import io.heagent.agent.connect.call.ConnectedPeers;
import io.heagent.agent.connect.call.RacingClients;
import io.heagent.agent.connect.candidates.CandidateServices;
import io.heagent.agent.connect.candidates.Nat64Access;
import io.heagent.agent.connect.candidates.SiblingGuard;
import io.heagent.agent.connect.channel.ChannelEnvironment;
import io.heagent.agent.connect.loop.AgentLoop;
import io.heagent.agent.connect.socket.OptionsInUse;
import io.heagent.agent.log.Faults;
import io.heagent.agent.observe.Observer;
import io.heagent.agent.observe.jfr.FlightRecording;
import io.heagent.agent.resolve.LastAnswers;
import io.heagent.agent.resolve.NameLookups;
import io.heagent.engine.coordination.RefusalStreaks;
import java.net.InetAddress;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Makes the objects that the connects of this JVM share, and ties them together. Each is made when
 * it is first needed: a program that only binds needs {@link BoundSockets}, one that connects to
 * literals the {@link TargetFilter}, and only the first target that may be raced needs the rest.
 * Each {@link ConnectHook} has one.
 *
 * <p>Any thread. Each part is written once, under this object's monitor. Inside it only the
 * monitors of the parts are taken, and no thread that holds one of these takes this object's.
 */
final class AgentRuntime implements Consumer<SettingsFile>, BooleanSupplier, Runnable {

  /** What the settings were made of at the start; null if nothing was set. */
  private final Layers atStart;

  private final SettingsInForce settings;

  /** Whether the agent leaves this JVM, so that no race begins any more. Set once, by Steering. */
  private volatile boolean leaving;

  /**
   * Made when settings are read or changed from outside for the first time. Guarded by the monitor.
   */
  private Steering steering;

  private final boolean redial;

  /** See {@link #getAsBoolean}. The constructor sets it, and {@link #leaveSelectors} clears it. */
  private volatile boolean select;

  private final boolean async;
  private final OptionsInUse given;
  private final BooleanSupplier racers;

  /** Counts what becomes of connects, from the first one on. */
  private final Observer observer = new Observer(this);

  /** Made when a connect looks for the program's MBeanServer. Guarded by the monitor. */
  private Oversight oversight;

  /** The one event loop, whose timers all parts use. Guarded by the monitor. */
  private AgentLoop loop;

  private volatile BoundSockets bindings;
  private volatile LastAnswers lastAnswers;

  /** Made with {@link #targets}; null if the settings switch it off. Guarded by the monitor. */
  private Nat64Access nat64;

  private volatile TargetFilter targets;
  private volatile NameLookups names;
  private volatile HistoryRegistry histories;
  private volatile ConnectSteps steps;
  private volatile ChannelEnvironment channels;

  /**
   * @param atStart the settings; null if nothing was set
   * @param redial whether winners are dialled again instead of being duplicated
   * @param select whether non-blocking channels can be raced in this JVM
   * @param async whether asynchronous channels can be
   * @param given the options that some socket was ever given
   * @param racers whether the JVM may have loaded a client that races by itself; null if that is
   *     not known
   */
  AgentRuntime(
      Layers atStart,
      boolean redial,
      boolean select,
      boolean async,
      OptionsInUse given,
      BooleanSupplier racers) {
    this.atStart = atStart;
    this.settings = new SettingsInForce(atStart, this);
    this.redial = redial;
    this.select = select;
    this.async = async;
    this.given = given;
    this.racers = racers;
  }

  /** The settings in force. */
  SettingsInForce settings() {
    return settings;
  }

  /** Applies what stands in the file with settings now, by the same way as every other change. */
  @Override
  public void accept(SettingsFile changed) {
    steering().fileChanged(changed);
  }

  /** From now on no race begins. */
  void leave() {
    leaving = true;
  }

  /**
   * Whether no race may begin. A connect asks this after it has been counted as under way. So
   * either the connect sees that the agent leaves, or the thread that has the agent leave sees the
   * connect and waits for it.
   */
  boolean isLeaving() {
    return leaving;
  }

  /** Whether nothing of a race is under way on any channel or selector. */
  boolean isQuiet() {
    ChannelEnvironment made = channels;
    return made == null || made.registry().isIdle();
  }

  /** The agent leaves this JVM: takes away what others keep of it, and has its threads end. */
  void end() {
    Oversight asked;
    synchronized (this) {
      asked = oversight;
    }
    if (asked != null) {
      asked.end();
    }
    ConnectSteps made = steps;
    if (made != null) {
      made.endWatching();
    }
    observer.end();
    endThreads();
  }

  private synchronized void endThreads() {
    if (names != null) {
      names.end();
    }
    if (loop != null) {
      loop.endWhenIdle();
    }
  }

  /** What may be asked and changed while the program runs. */
  synchronized Steering steering() {
    if (steering == null) {
      steering = new Steering(this, atStart == null ? Layers.none() : atStart);
    }
    return steering;
  }

  /** Counts what becomes of connects. */
  Observer observer() {
    return observer;
  }

  /**
   * Called when a connect begins. Once a second at most it looks whether the program has an
   * MBeanServer by now. Never throws.
   */
  void lookForManagement(long now) {
    if (observer.isLookDue(now)) {
      try {
        oversight().look();
      } catch (RuntimeException | Error absent) {
        // Mostly there is no module java.management, or the program must not ask for servers.
        observer.endLooking();
        Faults.ignored(absent);
      }
    }
  }

  /** What JMX may ask and change; made when somebody looks for its server. */
  synchronized Oversight oversight() {
    if (oversight == null) {
      oversight = new Oversight(this);
    }
    return oversight;
  }

  /** Called by the observer once the JVM has a flight recorder. */
  @Override
  public void run() {
    Recorded.begin(observer);
  }

  /**
   * A class of its own, so that the JVM loads no class of the flight recorder when it links the
   * runtime.
   */
  private static final class Recorded {
    static void begin(Observer observer) {
      observer.recordTo(new FlightRecording());
    }
  }

  private synchronized AgentLoop loop() {
    if (loop == null) {
      loop = new AgentLoop();
    }
    return loop;
  }

  /** Where the program has bound its sockets. */
  BoundSockets bindings() {
    BoundSockets made = bindings;
    return made == null ? makeBindings() : made;
  }

  private synchronized BoundSockets makeBindings() {
    if (bindings == null) {
      bindings = new BoundSockets();
    }
    return bindings;
  }

  private LastAnswers lastAnswers() {
    LastAnswers made = lastAnswers;
    return made == null ? makeLastAnswers() : made;
  }

  private synchronized LastAnswers makeLastAnswers() {
    if (lastAnswers == null) {
      lastAnswers = new LastAnswers();
    }
    return lastAnswers;
  }

  /**
   * Called when the JDK has looked a name up. Addresses that the agent itself has looked up for a
   * race are not remembered, because no program has been given them.
   */
  void lookedUp(String host, InetAddress[] found) {
    // The agent has no look-up thread before it has made its first look-up.
    if (names == null || !NameLookups.isOurThread()) {
      lastAnswers().add(host, found, System.nanoTime());
    }
  }

  /** The filter that tells which targets may be raced at all. */
  TargetFilter targets() {
    TargetFilter made = targets;
    return made == null ? makeTargets() : made;
  }

  private synchronized TargetFilter makeTargets() {
    if (targets == null) {
      nat64 = settings.known().nat64() ? new Nat64Access() : null;
      targets = new TargetFilter(settings, lastAnswers(), nat64, observer);
    }
    return targets;
  }

  /** The agent's own look-ups of names. */
  NameLookups names() {
    NameLookups made = names;
    return made == null ? makeNames() : made;
  }

  private synchronized NameLookups makeNames() {
    if (names == null) {
      names = new NameLookups(loop(), lastAnswers(), observer);
    }
    return names;
  }

  /** The steps of connects that may be raced. */
  ConnectSteps steps() {
    ConnectSteps made = steps;
    return made == null ? makeSteps() : made;
  }

  private synchronized ConnectSteps makeSteps() {
    if (steps == null) {
      targets(); // This makes nat64 too.
      RaceLoop timers = loop();
      CandidateServices services =
          new CandidateServices(
              new SiblingGuard(timers, observer),
              nat64,
              new RefusalStreaks(),
              new RacingClients(racers),
              names());
      ConnectedPeers peers = new ConnectedPeers();
      histories = new HistoryRegistry();
      steps =
          new ConnectSteps(
              this,
              new Admission(timers, bindings(), peers, histories, services, this, async, observer),
              peers,
              new JvmRaces(timers, services, settings, given, observer),
              redial);
    }
    return steps;
  }

  /**
   * From now on no connect of a non-blocking channel is raced: a class which such races need cannot
   * be woven.
   */
  void leaveSelectors() {
    select = false;
  }

  /** Whether connects of non-blocking channels that begin now can be raced. */
  @Override
  public boolean getAsBoolean() {
    return select;
  }

  /** What earlier connects taught; null while no target has been seen that may be raced. */
  HistoryRegistry historiesIfMade() {
    return histories;
  }

  /** The steps if they have been made; null while no target has been seen that may be raced. */
  ConnectSteps stepsIfMade() {
    return steps;
  }

  /** The objects that the races of channels share. */
  ChannelEnvironment channels() {
    ChannelEnvironment made = channels;
    return made == null ? makeChannels() : made;
  }

  private synchronized ChannelEnvironment makeChannels() {
    if (channels == null) {
      channels = steps().newChannels();
    }
    return channels;
  }

  /**
   * The entry point for channels that are not the JDK's. From now on races carry over all options
   * that native code may have set.
   */
  ForeignConnects foreign() {
    ForeignConnects.OPTIONS.forEach(given::add);
    return new ForeignConnects(this, targets(), steps().admission(), channels());
  }
}
