/**
 * What tests of several packages share: cases, references in plain loops, small studies, toy families. It uses production code and
 * no test package.
 */
package dev.ratelab.testing;
