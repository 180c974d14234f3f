/**
 * The way of a connect through the rooms. Woven code reaches {@link
 * io.heagent.agent.connect.ConnectHook}, which only dispatches. When the JDK's connect begins, the
 * room {@code admission} makes a {@code ConnectCall} (room {@code call}), or leaves the connect
 * alone. When the JDK reaches the native call, the call's race begins, in the room {@code blocking}
 * or {@code channel}. The race takes addresses from {@code candidates} and dials them on
 * descriptors of {@code attempt} and {@code socket}. When the connect ends, its ticket and its
 * outcome go back to {@code admission}.
 *
 * <p>{@code AgentRuntime} makes the objects that all connects share, and ties them together. It
 * makes each when it is first needed, so that the agent's start loads none of them, and a connect
 * that is not raced loads few. {@code ConnectSteps} and {@code CallStack} follow a connect that may
 * be raced through the JDK; {@code JvmRaces} is what its race needs of this JVM. {@code
 * ForeignConnects} is the entry point for transports that bypass the JDK's sockets. {@code
 * Steering} has what may be asked and changed while the program runs, {@code Oversight} what of it
 * JMX is given.
 *
 * <p><b>First connects.</b> While a JVM's first race waits for the first address, {@code
 * DelayPreloader} loads the classes that the race needs next, on a thread that ends when they are
 * loaded. If that address fails at once, {@code FailurePreloader} has a second thread load half of
 * them. The engine's {@code RefusalStreaks} knows the names to which a program connects in vain
 * without a pause. On the way of a first connect there is no lambda, no method reference, no
 * reflective call and no record's own {@code equals} or {@code hashCode}: each is made at run time,
 * at a millisecond or more.
 *
 * <p><b>Locks.</b> The JDK's own lock on the program's socket is taken during adoption or redial
 * and while a port is shared, with nothing taken inside it but what the JDK itself takes there. The
 * {@code EndpointRegistry} locks by name and takes nothing inside but a bin of its map. {@code
 * BrokenAddressReporter}'s monitor is taken by races, {@code status} and JMX, and no lock is taken
 * inside it.
 *
 * <p>May import all rooms below it, {@code config} with its rooms, {@code jdk.LateBridge}, {@code
 * log}, {@code observe} with its rooms, {@code resolve}, the engine, the bridge and the JDK.
 */
package io.heagent.agent.connect;
