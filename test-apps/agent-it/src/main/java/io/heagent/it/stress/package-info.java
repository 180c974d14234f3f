/**
 * Descriptors under fire: connects that are closed, cancelled and handed over at any moment, beside
 * neighbours whose descriptors must never be touched.
 */
package io.heagent.it.stress;
