/**
 * Where a store keeps what, and which fits it holds: layout, manifests, the study that it was made for. Needs no Spark.
 *
 * <p>The manifest of a wave is what makes it exist; readers look at manifests first.
 */
package dev.ratelab.store;
