/** Data sets, the known models that they are drawn from, and how they are drawn. */
package dev.ratelab.data;
