/**
 * The race on the thread that called {@code connect}, platform or virtual.
 *
 * <p>{@code BlockingRace} dials the requested address on the program's own descriptor ({@code
 * PrimaryDial}) and waits for it alone, for the Connection Attempt Delay: if it answers, nothing
 * else is made. {@code BlockingBooks} records the races that end with one address. Otherwise {@code
 * BlockingFallback} dials siblings and drives the engine's {@code RaceCore}. If many connects at
 * once ask for the same silent address, {@code FollowerWait} comes first: only the leaders of a
 * {@code DialGroup} dial the address, the others wait. {@code RedialRace} is the race with {@code
 * adoption=redial}.
 *
 * <p>The way to wait depends on the thread: {@code PollWaiter} polls all descriptors on a platform
 * thread, {@code VirtualThreadWaiter} parks while a {@code VirtualThreadAttempt} watches each
 * descriptor, {@code LoopWaiter} has the loop watch them where descriptors cannot be polled at
 * once.
 *
 * <p><b>Concurrency.</b> Only the thread that runs a race uses its objects, with three exceptions:
 * a watching virtual thread writes the volatile fields of {@code VirtualThreadAttempt}; any thread
 * with news for the race sets the volatile field of {@code Unparker}; and the engine's {@code
 * SharedLookup}, which several connects may share, has its own lock.
 *
 * <p>May import {@code connect.attempt}, {@code connect.candidates}, {@code connect.call}, {@code
 * connect.socket}, {@code config.rule}, {@code log}, the engine and the bridge; not {@code
 * connect.channel}.
 */
package io.heagent.agent.connect.blocking;
