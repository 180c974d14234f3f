package io.heagent.engine.coordination;

import java.net.InetAddress;

/**
 * A connect of the program as it begins.
 *
 * @param requested the address that the program has chosen
 * @param blocking whether the program's thread waits for it; else it is that of a channel
 * @param thread a number for the thread that has begun it
 * @param timeoutNanos the program's timeout; 0 for none
 * @param leastNanos no timeout is shortened to less than this
 */
public record ConnectStart(
    InetAddress requested, boolean blocking, long thread, long timeoutNanos, long leastNanos) {}
