/**
 * Several agents beside this one in one program, which is watched in every way at the same time.
 */
package io.heagent.it.agents.together;
