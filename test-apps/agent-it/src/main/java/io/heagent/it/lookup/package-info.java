/** Names: looked up by the agent, slow, hanging, unusual and unknown ones. */
package io.heagent.it.lookup;
