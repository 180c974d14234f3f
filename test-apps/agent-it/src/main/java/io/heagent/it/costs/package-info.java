/** What a connect costs, counted where that does not depend on how fast a machine is. */
package io.heagent.it.costs;
