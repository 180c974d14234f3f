package io.heagent.engine.history;

/**
 * What a {@link ConnectHistory} knows of one address of one host and port at one time. Immutable;
 * times are in nanoseconds.
 *
 * @param smoothedNanos smoothed connect time (RFC 6298's SRTT), -1 if no answer is remembered
 * @param variationNanos the variation of that time (RFC 6298's RTTVAR), -1 if no answer is
 *     remembered
 * @param sinceSuccessNanos how long ago the address answered last, -1 if no answer is remembered
 * @param sinceFailureNanos how long ago the address failed last, -1 if no failure is remembered
 * @param lastFailure the kind of that failure, null if none is remembered
 * @param failures how often the address has failed since it answered last; attempts that were under
 *     way at the same time count once
 * @param suspect whether the address is tried after the other addresses of its name at present
 */
public record AddressHistory(
    long smoothedNanos,
    long variationNanos,
    long sinceSuccessNanos,
    long sinceFailureNanos,
    FailureKind lastFailure,
    int failures,
    boolean suspect) {}
