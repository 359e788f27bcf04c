package dev.ratelab.studyfile;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import dev.ratelab.study.StudyException;
import dev.ratelab.study.StudyKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The studies that a directory holds: its files {@code *.conf}. */
public final class StudyCatalog {
    private StudyCatalog() {}

    /**
     * One study.
     *
     * @param name its name
     * @param description the first comment line of its file, empty if the file does not begin with one
     * @param file its file
     */
    public record Entry(String name, String description, Path file) {}

    /**
     * The studies in a directory, by file name. Files are not checked beyond their name.
     *
     * @throws StudyException if the directory or a file cannot be read, a file has no name, or two have the same
     */
    public static List<Entry> list(Path directory) {
        List<Path> files;
        try (Stream<Path> stream = Files.list(directory)) {
            files = stream.filter(file -> file.getFileName().toString().endsWith(".conf"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StudyException("studies in " + directory + " cannot be listed: " + e, e);
        }
        List<Entry> entries = new ArrayList<>();
        for (Path file : files) {
            Entry entry = entry(file);
            for (Entry other : entries) {
                if (other.name().equals(entry.name())) {
                    throw new StudyException("study = '" + entry.name() + "' is the name of two files: " + other.file()
                            + " and " + file);
                }
            }
            entries.add(entry);
        }
        return entries;
    }

    private static Entry entry(Path file) {
        try {
            String text = StudyParser.text(file, "study file");
            ConfigParseOptions options = ConfigParseOptions.defaults()
                    .setOriginDescription(file.toString())
                    .setIncluder(new NoIncludes(file.toString()));
            Config config = StudyParser.shallow(file.toString(), () -> ConfigFactory.parseString(text, options));
            Node name = new Node("", config.root()).get(StudyKeys.STUDY, "the study's name");
            return new Entry(name.text("the study's name"), description(text), file);
        } catch (ConfigException e) {
            throw new StudyException("study file " + file + " is not valid HOCON: " + e.getMessage(), e);
        }
    }

    private static String description(String text) {
        String first = text.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("")
                .strip();
        if (first.startsWith("#")) {
            return first.substring(1).strip();
        }
        return first.startsWith("//") ? first.substring(2).strip() : "";
    }
}
