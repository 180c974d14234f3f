/** Calls that throw, threads and descriptors that cannot be had: connects stay as they were. */
package io.heagent.it.fault;
