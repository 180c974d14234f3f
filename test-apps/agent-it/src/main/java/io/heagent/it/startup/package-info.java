/** What happens before main, and what the JVM is like after it. */
package io.heagent.it.startup;
