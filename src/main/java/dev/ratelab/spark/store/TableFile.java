package dev.ratelab.spark.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.collection.immutable.Map$;

/**
 * Writes a table as one Parquet file, with Spark's own encoding but without a Spark job: rows that the driver holds need neither a plan nor
 * a core that could make fits.
 */
final class TableFile {
    private static final String NAME = "part-00000";

    private TableFile() {}

    /**
     * Writes the file.
     *
     * @param rows may hold Java's lists and maps; not modified
     * @param directory where the file is to be, and nothing is yet
     */
    static void write(SparkSession spark, List<Row> rows, StructType schema, Path directory) throws IOException {
        Job job = Job.getInstance(spark.sparkContext().hadoopConfiguration());
        OutputWriterFactory writers = new ParquetFileFormat().prepareWrite(spark, job, Map$.MODULE$.empty(), schema);
        TaskAttemptContext attempt = new TaskAttemptContextImpl(job.getConfiguration(), new TaskAttemptID());
        Path file = directory.resolve(NAME + writers.getFileExtension(attempt));
        Function1<Object, Object> encoder = CatalystTypeConverters.createToCatalystConverter(schema);
        OutputWriter writer = writers.newInstance(file.toUri().toString(), schema, attempt);
        try {
            for (Row row : rows) {
                writer.write((InternalRow) encoder.apply(row));
            }
        } finally {
            writer.close();
        }
    }
}
