/**
 * How the connects to a host are raced, and which hosts a rule is for: values that connects read,
 * and that know nothing of how settings are written. Imports the JDK only.
 */
package io.heagent.agent.config.rule;
