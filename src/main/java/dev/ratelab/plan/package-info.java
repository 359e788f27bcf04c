/**
 * Which fits a run makes, in which order, and how long that will take: the difference between a study and what its store holds, cut into
 * tasks, with predicted times that stored times correct.
 */
package dev.ratelab.plan;
