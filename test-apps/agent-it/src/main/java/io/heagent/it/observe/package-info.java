/** Programs whose connects are watched: by the flight recorder, by JMX, by the log. */
package io.heagent.it.observe;
