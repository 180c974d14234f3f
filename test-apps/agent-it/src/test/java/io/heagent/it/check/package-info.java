/** {@code java -jar he-agent.jar check}: the packaged jar's command, against loopback hosts. */
package io.heagent.it.check;
