/**
 * The race on the thread that called {@code connect}, platform or virtual.
 *
 * <p>{@code BlockingRace} dials the requested address on the program's own descriptor ({@code
 * PrimaryDial}) and waits for it alone, for the Connection Attempt Delay: if it wins, nothing else
 * was ever made. Only then {@code BlockingFallback} dials siblings and drives the engine's {@code
 * RaceCore}. {@code FollowerWait} comes before all that where many connects at once ask for the
 * same silent address: only the leaders of a {@code DialGroup} dial it, the others watch. {@code
 * RedialRace} is the race with {@code adoption=redial}.
 *
 * <p>Waiting differs with the thread: {@code PollWaiter} polls all descriptors on a platform
 * thread, {@code VirtualThreadWaiter} parks while a {@code VirtualThreadAttempt} watches each
 * descriptor, {@code LoopWaiter} has the loop watch them where descriptors cannot be polled at
 * once.
 *
 * <p><b>Concurrency.</b> A race belongs to the one thread that runs it and its objects are confined
 * to it, but for {@code VirtualThreadAttempt} (written by a watching virtual thread, volatile
 * fields), {@code Unparker} (set by whoever has news for the race, a volatile field) and the
 * engine's {@code SharedLookup} (of all who want the same name, with a lock of its own).
 *
 * <p>May import {@code connect.attempt}, {@code connect.candidates}, {@code connect.call}, {@code
 * connect.socket}, {@code config}, {@code log}, the engine and the bridge; not {@code
 * connect.channel}.
 */
package io.heagent.agent.connect.blocking;
