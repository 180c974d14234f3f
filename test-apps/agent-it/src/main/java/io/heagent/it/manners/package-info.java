/**
 * The finer rules of channels, selectors and keys that programs rely on while a connect is under
 * way.
 */
package io.heagent.it.manners;
