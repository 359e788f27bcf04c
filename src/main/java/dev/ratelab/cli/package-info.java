/**
 * The commands of {@code ratelab}, one class a command, and how they end: messages, exit codes, paths.
 *
 * <p>Results go to standard output, messages and progress to standard error.
 */
package dev.ratelab.cli;
