/**
 * Finds the addresses of a name in this JVM. {@link io.heagent.agent.resolve.NameLookups} has the
 * look-ups of the process: the engine's, over {@code JdkFamilyLookup}, which asks the JDK's own
 * resolver for IPv4 and IPv6 separately if that cannot change the answer ({@code
 * NameServiceSwitch}). {@link io.heagent.agent.resolve.LastAnswers} keeps what the program was
 * given, so that races need no look-up; {@link io.heagent.agent.resolve.FastGetByName} is {@code
 * resolve=fast}; {@link io.heagent.agent.resolve.SiteFiles} knows which names are the site's own.
 *
 * <p>Any thread. May import {@code log}, {@code observe}, {@code jdk.LateBridge}, the engine's
 * {@code address}, {@code host}, {@code order.SiteNames}, {@code resolve}, {@code resolve.shared}
 * and {@code time}, {@code sun.nio.ch.HeNames} and {@code HeCache}, and the JDK.
 */
package io.heagent.agent.resolve;
