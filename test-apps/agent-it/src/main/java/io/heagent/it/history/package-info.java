/** What the agent remembers of earlier connects, and what a later one gains by it. */
package io.heagent.it.history;
