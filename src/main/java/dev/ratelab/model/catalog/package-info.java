/**
 * The families that study files, tables and the command line may name: built-in gates and expert families, one line each, and those
 * of jars on the class path. Whoever has a family as an object does not need its name.
 */
package dev.ratelab.model.catalog;
