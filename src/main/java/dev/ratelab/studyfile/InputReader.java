package dev.ratelab.studyfile;

import dev.ratelab.data.ContinuousInput;
import dev.ratelab.data.CorrelatedNormalInput;
import dev.ratelab.data.CsvColumns;
import dev.ratelab.data.CsvException;
import dev.ratelab.data.EmpiricalInput;
import dev.ratelab.data.GridInput;
import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.MixtureInput;
import dev.ratelab.data.NormalInput;
import dev.ratelab.data.StudentInput;
import dev.ratelab.data.UniformInput;
import dev.ratelab.random.Quantiles;
import dev.ratelab.study.StudyException;
import dev.ratelab.study.StudyKeys;
import dev.ratelab.study.StudyKeys.OfInput;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the block {@code truth.input}. */
final class InputReader {
    private static final List<String> CONTINUOUS =
            List.of(UniformInput.ID, NormalInput.ID, StudentInput.ID, CorrelatedNormalInput.ID);
    private static final List<String> TYPES = Stream.concat(
                    CONTINUOUS.stream(), Stream.of(GridInput.ID, MixtureInput.ID, EmpiricalInput.ID))
            .toList();

    /** Directory against which the name of a data file is resolved. */
    private final Path directory;

    private InputReader(Path directory) {
        this.directory = directory;
    }

    static InputDistribution read(Node block, Path directory) {
        return new InputReader(directory).read(block);
    }

    private InputDistribution read(Node block) {
        String type =
                block.get(StudyKeys.TYPE, "one of " + String.join(", ", TYPES)).oneOf("input distribution", TYPES);
        return switch (type) {
            case GridInput.ID -> {
                block.allow(List.of(StudyKeys.TYPE, OfInput.LOW, OfInput.HIGH));
                double[] ends = interval(block);
                yield new GridInput(ends[0], ends[1]);
            }
            case MixtureInput.ID -> mixture(block);
            case EmpiricalInput.ID -> empirical(block);
            default -> continuous(block, type, List.of());
        };
    }

    private static ContinuousInput continuous(Node block, String type, List<String> more) {
        switch (type) {
            case UniformInput.ID -> {
                allow(block, more, OfInput.LOW, OfInput.HIGH);
                double[] ends = interval(block);
                return new UniformInput(ends[0], ends[1]);
            }
            case NormalInput.ID -> {
                allow(block, more, OfInput.MEAN, OfInput.STANDARD_DEVIATION);
                return new NormalInput(
                        number(block, OfInput.MEAN).finite(),
                        number(block, OfInput.STANDARD_DEVIATION).positive());
            }
            case StudentInput.ID -> {
                allow(block, more, OfInput.LOCATION, OfInput.SCALE, OfInput.DEGREES_OF_FREEDOM);
                Node degrees = number(block, OfInput.DEGREES_OF_FREEDOM);
                if (degrees.finite() < Quantiles.FEWEST_DEGREES_OF_FREEDOM) {
                    throw degrees.refuse("must be a finite number >= " + Quantiles.FEWEST_DEGREES_OF_FREEDOM);
                }
                return new StudentInput(
                        number(block, OfInput.LOCATION).finite(),
                        number(block, OfInput.SCALE).positive(),
                        degrees.finite());
            }
            default -> {
                allow(block, more, OfInput.MEAN, OfInput.COVARIANCE);
                return correlated(block);
            }
        }
    }

    private static void allow(Node block, List<String> more, String... keys) {
        block.allow(Stream.of(Stream.of(StudyKeys.TYPE), Stream.of(keys), more.stream())
                .flatMap(each -> each)
                .toList());
    }

    private static Node number(Node block, String key) {
        return block.get(key, "a finite number");
    }

    private static double[] interval(Node block) {
        Node low = number(block, OfInput.LOW);
        Node high = number(block, OfInput.HIGH);
        if (!(low.finite() < high.finite())) {
            throw low.refuse("must be below high = " + high.finite());
        }
        return new double[] {low.finite(), high.finite()};
    }

    private static CorrelatedNormalInput correlated(Node block) {
        String whatMean = "a list of numbers, one for each input";
        double[] mean = numbers(block.get(OfInput.MEAN, whatMean).filledList(whatMean));
        String whatRows = mean.length + " lists of " + mean.length + " numbers, one for each entry of the mean";
        Node node = block.get(OfInput.COVARIANCE, whatRows);
        List<Node> rows = node.list(whatRows);
        double[][] covariance = new double[rows.size()][];
        for (int i = 0; i < covariance.length; i++) {
            covariance[i] = numbers(rows.get(i).list(whatRows));
            if (covariance[i].length != mean.length) {
                throw rows.get(i).refuse("has " + covariance[i].length + " entries, the mean " + mean.length);
            }
        }
        if (covariance.length != mean.length) {
            throw node.refuse("has " + covariance.length + " rows, the mean " + mean.length + " entries");
        }
        return node.make(() -> CorrelatedNormalInput.of(mean, covariance));
    }

    private static double[] numbers(List<Node> nodes) {
        return nodes.stream().mapToDouble(Node::finite).toArray();
    }

    private static MixtureInput mixture(Node block) {
        block.allow(List.of(StudyKeys.TYPE, OfInput.COMPONENTS));
        String what = "a list of blocks { type, ..., weight }, one for each component";
        Node list = block.get(OfInput.COMPONENTS, what);
        List<MixtureInput.Component> components = new ArrayList<>();
        for (Node component : list.filledList(what)) {
            Node typeNode = component.get(StudyKeys.TYPE, "one of " + String.join(", ", CONTINUOUS));
            String type = typeNode.oneOf("input distribution of a component", CONTINUOUS);
            ContinuousInput distribution = continuous(component, type, List.of(OfInput.WEIGHT));
            double weight = component.get(OfInput.WEIGHT, "a finite number > 0").positive();
            components.add(new MixtureInput.Component(weight, distribution));
        }
        return list.make(() -> new MixtureInput(components));
    }

    private EmpiricalInput empirical(Node block) {
        block.allow(List.of(StudyKeys.TYPE, OfInput.FILE, OfInput.COLUMNS, OfInput.ROWS, OfInput.RESAMPLE));
        boolean resample = block.find(OfInput.RESAMPLE).map(Node::bool).orElse(true);
        Optional<Node> rows = block.find(OfInput.ROWS);
        Node file = block.find(OfInput.FILE).orElse(null);
        if (rows.isPresent() && file != null) {
            throw file.refuse("is given beside " + rows.get().path() + ": keep one of them");
        }
        if (rows.isPresent()) {
            block.find(OfInput.COLUMNS).ifPresent(columns -> {
                throw columns.refuse(
                        "names columns of a file, but " + rows.get().path() + " is given");
            });
            double[][] columns = columns(rows.get());
            return rows.get().make(() -> EmpiricalInput.of(columns, resample));
        }
        Node source = block.get(OfInput.FILE, "the name of a CSV file with a header (or give rows, a list of lists)");
        double[][] columns = columns(source, names(block));
        return source.make(() -> EmpiricalInput.of(columns, resample));
    }

    private static List<String> names(Node block) {
        String what = "a list of names of columns";
        List<Node> nodes =
                block.find(OfInput.COLUMNS).map(node -> node.filledList(what)).orElse(List.of());
        List<String> names =
                nodes.stream().map(node -> node.text("the name of a column")).toList();
        Node.refuseDuplicates(nodes, names);
        return names;
    }

    private double[][] columns(Node file, List<String> names) {
        Path path = directory.resolve(file.text("the name of a CSV file with a header"));
        try (Reader reader = Files.newBufferedReader(path)) {
            return CsvColumns.read(reader, path.toString(), names, EmpiricalInput.MOST_NUMBERS);
        } catch (CsvException e) {
            throw new StudyException(
                    file.refuse("is refused: " + e.getMessage()).getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new StudyException(file.refuse("does not exist: " + path).getMessage(), e);
        } catch (IOException e) {
            throw new StudyException(file.refuse("cannot be read: " + e).getMessage(), e);
        }
    }

    private static double[][] columns(Node rows) {
        String what = "a list of rows, each a list of numbers, one for each input";
        List<Node> nodes = rows.filledList(what);
        double[][] columns = new double[nodes.get(0).filledList(what).size()][nodes.size()];
        for (int row = 0; row < nodes.size(); row++) {
            List<Node> numbers = nodes.get(row).list(what);
            if (numbers.size() != columns.length) {
                throw nodes.get(row).refuse("has " + numbers.size() + " numbers, the first row has " + columns.length);
            }
            for (int j = 0; j < columns.length; j++) {
                columns[j][row] = numbers.get(j).finite();
            }
        }
        return columns;
    }
}
