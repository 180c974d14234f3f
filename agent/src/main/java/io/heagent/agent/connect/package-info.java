/**
 * Connects: which of them are raced, over which addresses in which order, and how the race runs, on
 * the thread that called {@code connect} or, for channels that do not block, on the loop.
 *
 * <p><b>Path of a connect.</b> {@link io.heagent.agent.connect.ConnectHook} makes a {@code
 * ConnectCall} when the JDK's connect begins, or leaves it alone. When the JDK comes to the native
 * call, {@code BlockingRace} dials the requested address on the program's own descriptor and waits
 * for it alone, for the Connection Attempt Delay: if it wins, nothing else was ever made. Only then
 * {@code SideRace} looks for siblings and drives the engine's {@code RaceCore} over side channels.
 * {@code Adoption} puts a side's connection under the program's descriptor.
 *
 * <p><b>History.</b> {@code Histories} holds the engine's {@code ConnectHistory}s, {@code
 * CallHistory} is what one call sees of them. {@code Plan} asks when a connect begins (then the
 * address dialled first may be another than the requested one) and when siblings become known. Told
 * is the outcome of each race, and the connect time of each first address that needed none. What is
 * asked and told takes no lock, but for a name or address not seen before. {@code NetworkWatch}
 * looks for other local addresses on a thread of its own.
 *
 * <p><b>Concurrency.</b> A blocking race belongs to the one thread that runs it; its objects are
 * confined to it, but for {@code Lookup} (shared by all who want the same name, with a lock of its
 * own) and {@code VirtualSide} (written by a watching virtual thread, volatile fields). The only
 * lock taken is the JDK's {@code stateLock} of the program's socket, during adoption, with nothing
 * taken inside it but what the JDK itself takes there. Descriptors: the program's own is never
 * closed here; each side channel belongs to its attempt and is closed by it exactly once, also
 * after its connection was duplicated onto the program's descriptor.
 *
 * <p><b>Names.</b> {@code Lookups} gives the one {@code Lookup} of a name that all who want it
 * share; {@code JdkFamilies} asks the JDK for IPv4 and IPv6 apart, {@code Unresolved} and {@code
 * CandidateSource} take what has come for a race, {@code FastNames} for {@code
 * InetAddress.getByName}.
 *
 * <p>May import {@code config}, {@code log}, {@code jdk.LateBridge}, the engine, {@code
 * sun.nio.ch.He*} and the JDK.
 */
package io.heagent.agent.connect;
