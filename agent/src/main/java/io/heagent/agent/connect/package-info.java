/**
 * The way of a connect through the rooms: {@link io.heagent.agent.connect.ConnectHook} is what
 * woven code reaches, and only dispatches. It has {@code admission} make a {@code ConnectCall}
 * (room {@code call}) when the JDK's connect begins, or leaves it alone; when the JDK comes to the
 * native call it hands the call to the race of its kind ({@code blocking} or {@code channel}),
 * which dials the addresses that {@code candidates} gives on descriptors of {@code attempt} and
 * {@code socket}. At the end it gives the ticket and the outcome back.
 *
 * <p>{@code AgentRuntime} makes and ties what all connects share, each part when it is first
 * needed, so that the agent's start loads none of it, and a connect that nothing is raced for
 * little. {@code ConnectSteps} and {@code CallStack} follow a connect that may be raced through the
 * JDK; {@code JvmRaces} is what its race needs of this JVM. {@code ForeignConnects} is the way in
 * for transports that bypass the JDK's sockets.
 *
 * <p><b>First connects.</b> {@code WarmUp} loads what a JVM's first race needs, on a thread that
 * lives as long as that takes, while the first address is waited for. The engine's {@code
 * RefusalStreaks} knows the names to which a program connects in vain without a pause. On the way
 * of a first connect there is no lambda, no method reference, no reflective call and no record's
 * own {@code equals} or {@code hashCode}: each is made at run time, at a millisecond or more.
 *
 * <p><b>Locks.</b> The JDK's own lock on the program's socket is taken during adoption or redial
 * and while a port is shared, with nothing taken inside it but what the JDK itself takes there. The
 * {@code EndpointRegistry} locks by name and takes nothing inside but a bin of its map. {@code
 * BrokenAddressReporter}'s monitor is a leaf and taken by races only.
 *
 * <p>May import all rooms below it, {@code config}, {@code log}, {@code jdk.LateBridge}, the
 * engine, the bridge and the JDK.
 */
package io.heagent.agent.connect;
