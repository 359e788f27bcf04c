package dev.ratelab.cli;

import dev.ratelab.spark.Session;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.store.StudyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ratelab query}: Spark SQL on the tables of a store. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        description = "Runs a Spark SQL query on the views fits, cells and rates of a directory.")
final class QueryCommand extends StoreCommand {
    private static final List<String> FORMATS = List.of("table", "csv", "json");

    @Parameters(index = "1", paramLabel = "SQL", description = "the query")
    private String sql;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, csv or json; default: table")
    private String format;

    @Override
    void print(PrintWriter out) throws IOException {
        if (!FORMATS.contains(format)) {
            throw CommandException.usage("--format = " + format + " must be table, csv or json");
        }
        StoreLayout layout = layout();
        StudyFile.read(layout);
        try (Session session = Session.start("query")) {
            if (format.equals("json")) {
                out.println(Json.array(session.queryJson(layout, sql)));
            } else {
                print(session.query(layout, sql), out);
            }
        }
    }

    private void print(Session.Result result, PrintWriter out) throws IOException {
        if (format.equals("csv")) {
            CSVPrinter printer = new CSVPrinter(
                    out, CSVFormat.RFC4180.builder().setRecordSeparator('\n').get());
            printer.printRecord(result.columns());
            printer.printRecords(result.rows());
            printer.flush();
            return;
        }
        TextTable table = new TextTable(result.columns().toArray(new String[0]));
        for (List<String> row : result.rows()) {
            table.add(row.stream().map(cell -> cell == null ? "null" : cell).toArray(String[]::new));
        }
        out.print(table);
    }
}
