/**
 * Programs that connect by what the JDK itself offers: sockets, channels, URLs, the HttpClient. As
 * all examples, they know neither the agent nor the test kit.
 */
package io.heagent.examples.jdk;
