/**
 * Connects: which of them are raced, over which addresses in which order, and how the race runs, on
 * the thread that called {@code connect} or, for channels that do not block, on the loop.
 *
 * <p><b>Path of a connect.</b> {@link io.heagent.agent.connect.ConnectHook} has {@code Admission}
 * make a {@code ConnectCall} when the JDK's connect begins, or leaves it alone. When the JDK comes
 * to the native call, {@code BlockingRace} dials the requested address on the program's own
 * descriptor ({@code OwnDial}) and waits for it alone, for the Connection Attempt Delay: if it
 * wins, nothing else was ever made. Only then {@code SideRace} looks for siblings and drives the
 * engine's {@code RaceCore} over side channels. {@code Adoption} puts a side's connection under the
 * program's descriptor.
 *
 * <p><b>Channels: the happy path first.</b> The first attempt of a channel that does not block
 * rides on its own descriptor too, armed in the program's selector or group as without the agent;
 * {@code ChannelRace} holds the channel back only once that attempt has failed, and siblings run on
 * the {@code Loop} from the delay or the failure on. The other way, everything on the loop and a
 * winner handed over, costs two hops between threads and a {@code dup2} for each connect: on
 * loopback a multiple of the whole connect, as was measured when this was chosen. {@code
 * scripts/bench connect}, first address good, on loopback, two cores, 7 rounds of 20,000 in turn
 * after 80,000 to warm up, ratios of the medians with and without the agent: non-blocking 41.0
 * (40.7..42.9) and 44.5 (42.6..46.4) microseconds, 1.09, on JDK 17, 1.07 on 25; blocking 39.1
 * (38.6..43.3) and 38.9 (38.0..41.5), 0.99, on JDK 17, 1.02 on 25.
 *
 * <p><b>Crowds.</b> Thousands of channels that begin at once have their siblings due at once. Where
 * the loop has many timers under way, a race makes ready at half the delay what its next attempt
 * needs, its {@code FallbackSocket} too, so that at the delay little more than connect and dup2 is
 * left to do; {@code DescriptorHeadroom} keeps that from taking descriptors which the program may
 * need. With few connects nothing is made before it is needed.
 *
 * <p><b>Programs with a mind of their own.</b> The engine's {@code EndpointRegistry} gives each
 * connect to a chosen address a {@code Ticket} as it begins: what the program's earlier steps have
 * tried in vain, how much of its timeout such a step still has, whether it stands down because its
 * thread seems to race by itself. {@code Admission} takes the ticket, and gives it back with the
 * {@code ConnectOutcome} that the race has made. {@code RacingClients} that are known by name are
 * left to their race. {@code ConnectedPeers} knows the address objects that connected sockets gave
 * out.
 *
 * <p><b>The end of a channel's race.</b> {@code RaceEnding} has the order: the program is told, the
 * books are kept; and it says when the ticket is given back.
 *
 * <p><b>Guard.</b> Which siblings a connect may be led to is decided by the engine's {@code
 * CandidateFilter}; {@code SiblingGuard} asks it on behalf of one call, as the setting {@code
 * scope} says, and tells people of those left out. Which names are the site's own it asks {@code
 * SiteFiles}, which never waits for a disk.
 *
 * <p><b>History.</b> {@code HistoryRegistry} holds the engine's {@code ConnectHistory}s, {@code
 * EndpointHistory} is what one call sees of them. {@code DialPlanner} asks when a connect begins
 * (then the address dialled first may be another than the requested one) and when siblings become
 * known. Told is the outcome of each race, and the connect time of each first address that needed
 * none. What is asked and told takes no lock, but for a name or address not seen before. {@code
 * NetworkChangeMonitor} looks for other local addresses on a thread of its own. {@code
 * BrokenAddressReporter} is told of the same outcomes, for people; its monitor is a leaf and taken
 * by races only.
 *
 * <p><b>Manners.</b> {@code AttemptLimiter} bounds the side attempts in flight over all races. Of
 * many blocking connects at once for the same address only the leaders of a {@code DialGroup} dial
 * it; {@code Hold} is what its followers do. {@code AgentRuntime} has what all races share.
 *
 * <p><b>First and hopeless connects.</b> {@code WarmUp} loads what a JVM's first race needs, on a
 * thread that lives as long as that takes, while the first address is waited for. {@code
 * RefusalStreaks} knows the names to which a program connects in vain without a pause. On the way
 * of a first connect there is no lambda, no method reference, no reflective call and no record's
 * own {@code equals} or {@code hashCode}: each is made at run time, at a millisecond or more.
 *
 * <p><b>Options.</b> {@code OptionTransfer} carries those of the program's socket over to side
 * channels: only what some socket of this JVM was ever given ({@code OptionsInUse}, told by a hook)
 * and differs from a new socket's ({@code OptionDefaults}), and what native code may have set past
 * Java ({@code NativeOption}). {@code SharedPort} binds a side channel to the port of a bound
 * socket. A winner that lacks an option cannot be adopted: {@code Redial} dials its address on the
 * program's descriptor, as it does for every winner with {@code adoption=redial}.
 *
 * <p><b>Concurrency.</b> A blocking race belongs to the one thread that runs it; its objects are
 * confined to it, but for the engine's {@code SharedLookup} (of all who want the same name, with a
 * lock of its own), {@code VirtualSide} (written by a watching virtual thread, volatile fields) and
 * {@code Wake} (set by whoever has news for the race, a volatile field). The only lock taken is the
 * JDK's {@code stateLock} of the program's socket, during adoption or redial and while a port is
 * shared, with nothing taken inside it but what the JDK itself takes there. Descriptors: the
 * program's own is never closed here; each side channel belongs to its attempt and is closed by it
 * exactly once, also after its connection was duplicated onto the program's descriptor.
 *
 * <p><b>Names.</b> {@code NameLookups} gives the one {@code SharedLookup} of a name to all who want
 * it; {@code JdkFamilyLookup} asks the JDK for IPv4 and IPv6 apart, {@code UnresolvedTarget} and
 * {@code CandidateSource} take what has come for a race, {@code LastAnswers} keeps what the program
 * was given and spares races the look-up, {@code FastGetByName} for {@code InetAddress.getByName}.
 *
 * <p>The race of a channel is shared by the program's threads and the loop: all of it is guarded by
 * the monitor of its {@code ChannelRace}, what is taken inside is said at {@code OutcomeDelivery}
 * and {@code ChannelRaceRegistry}. The {@code EndpointRegistry} locks by name and takes nothing
 * inside but a bin of its map.
 *
 * <p>May import {@code config}, {@code log}, {@code jdk.LateBridge}, the engine, {@code
 * sun.nio.ch.He*} and the JDK.
 */
package io.heagent.agent.connect;
