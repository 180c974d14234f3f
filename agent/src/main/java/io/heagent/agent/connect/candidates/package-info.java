/**
 * The addresses to dial after the first one, as they become known: {@link
 * io.heagent.agent.connect.candidates.CandidateSource} gives them to a race one by one, {@link
 * io.heagent.agent.connect.candidates.CandidateRules} says which may join, {@link
 * io.heagent.agent.connect.candidates.SiblingGuard} keeps more private ones out and tells people of
 * them, and {@code Nat64Candidates} adds what a translator reaches, found by {@code Nat64Access}.
 *
 * <p>Nothing here touches a socket or a descriptor. May import {@code connect.call}, {@code
 * config.rule}, {@code log}, {@code observe}, {@code resolve}, the engine and the JDK; not the
 * bridge.
 */
package io.heagent.agent.connect.candidates;
