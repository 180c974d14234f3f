package io.heagent.agent.connect;

import io.heagent.engine.address.Nat64Discovery;

/**
 * What all connects of this JVM share to find the addresses that they may dial. Immutable; its
 * parts are for any thread.
 *
 * @param guard keeps more private siblings out
 * @param nat64 what reaches IPv4 from a host with IPv6 only; null where the settings switch it off
 */
record CandidateServices(SiblingGuard guard, Nat64Discovery nat64) {}
