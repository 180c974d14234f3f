/** JVMs that are hard to reach for a command: stopped, of another user, or with a deleted JDK. */
package io.heagent.it.control.reach;
