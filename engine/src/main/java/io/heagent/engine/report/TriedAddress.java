package io.heagent.engine.report;

import io.heagent.engine.core.Outcome;
import java.net.InetAddress;

/**
 * One address that was tried, for {@link FailureText} and {@link ConnectFailure}. Immutable.
 *
 * @param address not null
 * @param outcome what became of the attempt, not null
 * @param millis how long it took, in milliseconds
 * @param cause why it failed; null if the race ended the attempt
 */
public record TriedAddress(InetAddress address, Outcome outcome, long millis, Throwable cause) {}
