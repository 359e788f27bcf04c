package dev.ratelab.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratelab.study.Study;
import dev.ratelab.study.StudyException;
import dev.ratelab.studyfile.StudyParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** The file {@code study.json} of a store: the resolved study, its hash and where it was last run. */
public final class StudyFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StudyFile() {}

    /**
     * Reads the study of a store.
     *
     * @throws StudyException if the directory holds no store
     */
    public static Study read(StoreLayout layout) throws IOException {
        if (!Files.isRegularFile(layout.studyFile())) {
            throw new StudyException(
                    layout.root() + " is not the directory of a study: it has no study.json; make one with 'run'");
        }
        JsonNode node = JSON.readTree(layout.studyFile().toFile());
        return StudyParser.standard()
                .parse(node.required("study").asText(), layout.studyFile().toString(), List.of());
    }

    /**
     * Refuses a study whose stored fits would not be those that it asks for.
     *
     * @throws StudyException naming every difference
     */
    public static void requireSame(StoreLayout layout, Study study) throws IOException {
        if (!Files.isRegularFile(layout.studyFile())) {
            return;
        }
        List<String> differences = study.differences(read(layout));
        if (!differences.isEmpty()) {
            throw new StudyException("the study has changed since " + layout.root()
                    + " was made; run it into another directory, or undo the change: "
                    + String.join("; ", differences));
        }
    }

    /**
     * Writes the file, replacing an older one atomically.
     *
     * @param environment versions, host and configuration of this run, by name
     */
    public static void write(StoreLayout layout, Study study, Map<String, ?> environment) throws IOException {
        Files.createDirectories(layout.fits());
        ObjectNode node = JSON.createObjectNode();
        node.put("name", study.name());
        node.put("hash", study.hash());
        node.put("study", study.resolvedText());
        node.set("environment", JSON.valueToTree(environment));
        Path staging = layout.root().resolve("_study.json");
        JSON.writerWithDefaultPrettyPrinter().writeValue(staging.toFile(), node);
        Files.move(staging, layout.studyFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
