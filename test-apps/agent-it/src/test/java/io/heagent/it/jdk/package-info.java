/** JDKs that are old, changed, guarded or set up unusually. */
package io.heagent.it.jdk;
