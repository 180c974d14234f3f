/**
 * Happy Eyeballs (RFC 8305) as a library: {@link io.heagent.engine.HappyEyeballs} connects, {@link
 * io.heagent.engine.StaggeredRace} races anything else that can be attempted and rolled back.
 *
 * <p>May import: the packages below it. {@code engine.net} may import the race types of this
 * package in turn, but not the facade.
 */
package io.heagent.engine;
