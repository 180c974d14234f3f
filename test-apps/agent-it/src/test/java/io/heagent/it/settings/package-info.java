/** The agent's settings and what it says: its lines, its usage, its silence. */
package io.heagent.it.settings;
