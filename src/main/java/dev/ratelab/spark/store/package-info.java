/**
 * The tables of a store as Spark sees them: schemas, rows to and from records, Parquet files and views.
 */
package dev.ratelab.spark.store;
