/**
 * Small programs as users write them, each around one real client on a native transport. None knows
 * the agent or the test kit: whom to call is in the arguments, the outcomes are lines.
 */
package io.heagent.nettyclients;
