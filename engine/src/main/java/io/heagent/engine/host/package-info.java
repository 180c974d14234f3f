/**
 * What the operating system tells about this host: which routes it has ({@link
 * io.heagent.engine.host.SystemRoutes}), from which address it would connect ({@link
 * io.heagent.engine.host.SourceAddresses}), and whether its addresses have changed ({@link
 * io.heagent.engine.host.NetworkChangeMonitor}). No traffic is sent.
 *
 * <p>May import: {@code engine.address}, {@code engine.time}, {@code java.net}, {@code java.nio}.
 */
package io.heagent.engine.host;
