package dev.ratelab.cli;

import dev.ratelab.run.FitRow;
import dev.ratelab.spark.Session;
import dev.ratelab.store.StoreLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command that prints what a store says. */
abstract class StoreCommand extends OutputCommand {
    @Parameters(index = "0", paramLabel = "DIR", description = "directory of the store")
    private Path directory;

    /** The store. */
    final StoreLayout layout() {
        return new StoreLayout(directory);
    }

    /** All fits of the store. */
    static List<FitRow> fits(StoreLayout layout, String command) throws IOException {
        try (Session session = Session.start(command)) {
            return session.fits(layout);
        }
    }
}
