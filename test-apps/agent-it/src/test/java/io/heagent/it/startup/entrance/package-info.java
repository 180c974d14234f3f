/** How a start gets into the JDK's package, and what agents do that are in its way. */
package io.heagent.it.startup.entrance;
