/**
 * The limits of what the agent may cost, where that does not depend on how fast a machine is, and
 * tests of those that are not beside what they measure.
 */
package io.heagent.it.costs;
