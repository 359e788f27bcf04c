/**
 * The expert families: the mean {@code h(x, eta)} of one expert, its derivatives by block and its weighted M-step.
 */
package dev.ratelab.model.expert;
