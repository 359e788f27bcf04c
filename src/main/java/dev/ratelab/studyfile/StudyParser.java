package dev.ratelab.studyfile;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import dev.ratelab.fit.ascent.StartOptions;
import dev.ratelab.loss.LossName;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.study.Grid;
import dev.ratelab.study.Limits;
import dev.ratelab.study.Study;
import dev.ratelab.study.StudyException;
import dev.ratelab.study.StudyKeys;
import dev.ratelab.study.StudyKeys.OfFit;
import dev.ratelab.study.StudyKeys.OfGrid;
import dev.ratelab.study.StudyKeys.OfLimits;
import dev.ratelab.study.Truths;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Parser of study files (HOCON). Immutable.
 *
 * <p>Every refusal is a {@link StudyException} that names key, value, what is allowed and where. Beyond HOCON: unknown
 * keys, keys set twice, includes and conversions between types are refused; substitutions see the file alone, never the
 * environment. Positions in lists count from 1.
 */
public final class StudyParser {
    /** The origin of a key that an override sets. */
    static final String OVERRIDE = "--set";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** More than the largest list that a study may have takes, with every digit. */
    private static final int MOST_BYTES = 4_000_000;

    private StudyParser() {}

    /** The parser of study files. */
    public static StudyParser standard() {
        return new StudyParser();
    }

    /**
     * Parses a study file. Names of data files in it are relative to its directory.
     *
     * @param overrides {@code key=value} each, the value in HOCON; it takes the place of the whole value in the file
     * @throws StudyException if the file cannot be read or the study is refused
     */
    public Study parse(Path file, List<String> overrides) {
        Path directory = file.toAbsolutePath().getParent();
        return parse(text(file, "study file"), file.toString(), overrides, directory);
    }

    /** The text of a file that is written by people, not of one without an end, such as a device. */
    static String text(Path file, String what) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new StudyException(what + " " + file + " is larger than " + MOST_BYTES
                        + " bytes, the most that it may have: name another file");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException e) {
            throw new StudyException(what + " " + file + " does not exist", e);
        } catch (IOException e) {
            throw new StudyException(what + " " + file + " cannot be read: " + e, e);
        }
    }

    /**
     * Parses bounds that stand in a file of their own or in a study file: the block {@code fit.bounds}, the block
     * {@code bounds}, or their keys alone.
     *
     * @throws StudyException if the file cannot be read or the bounds are refused
     */
    public ParameterBounds parseBounds(Path file) {
        String text = text(file, "bounds file");
        return shallow(file.toString(), () -> {
            Node root = new Node("", load(text, file.toString()).root());
            Node block = root.find(StudyKeys.FIT)
                    .flatMap(fit -> fit.find(OfFit.BOUNDS))
                    .or(() -> root.find(OfFit.BOUNDS))
                    .orElse(root);
            return FitReader.bounds(block);
        });
    }

    /**
     * Parses the text of a study. Names of data files in it are relative to the working directory.
     *
     * @param originName what messages call the text, such as a file name
     * @param overrides as for {@link #parse(Path, List)}
     * @throws StudyException if the study is refused
     */
    public Study parse(String text, String originName, List<String> overrides) {
        return parse(text, originName, overrides, Path.of(""));
    }

    private Study parse(String text, String originName, List<String> overrides, Path directory) {
        return shallow(originName, () -> {
            Config config = load(text, originName);
            Set<List<String>> overridden = new HashSet<>();
            for (String override : overrides) {
                config = apply(config, override, overridden);
            }
            return read(new Node("", config.root()), directory);
        });
    }

    /**
     * What is made of a text, unless its blocks, lists, keys or substitutions are so deep that the stack does not suffice: HOCON is read
     * by recursion, which has no limit of its own.
     */
    static <T> T shallow(String originName, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (StackOverflowError deep) {
            throw new StudyException(
                    "blocks and lists are nested too deeply; a study needs fewer than ten levels (" + originName + ")",
                    deep);
        }
    }

    private static Config load(String text, String originName) {
        try {
            ConfigParseOptions options = ConfigParseOptions.defaults()
                    .setOriginDescription(originName)
                    .setIncluder(new NoIncludes(originName));
            Config config = ConfigFactory.parseString(text, options);
            DuplicateKeys.refuse(text, originName);
            return config.resolve(ConfigResolveOptions.noSystem());
        } catch (ConfigException e) {
            throw notHocon("", originName, e);
        }
    }

    private static StudyException notHocon(String prefix, String originName, ConfigException e) {
        String place = e.origin() == null ? originName : Node.place(e.origin());
        String message = e.getMessage();
        String origin = e.origin() == null ? "" : e.origin().description() + ": ";
        String reason = message.startsWith(origin) ? message.substring(origin.length()) : message;
        return new StudyException(prefix + "not valid HOCON: " + reason + " (" + place + ")", e);
    }

    private static Config apply(Config config, String override, Set<List<String>> overridden) {
        int separator = override.indexOf('=');
        if (separator < 1) {
            throw new StudyException(OVERRIDE + " '" + override + "' must be key=value, such as grid.seeds=5");
        }
        try {
            List<String> path =
                    ConfigUtil.splitPath(override.substring(0, separator).strip());
            String key = ConfigUtil.joinPath(path);
            if (!overridden.add(path)) {
                throw new StudyException(OVERRIDE + " '" + override + "' sets " + key + " a second time");
            }
            ConfigParseOptions options =
                    ConfigParseOptions.defaults().setOriginDescription(OVERRIDE).setIncluder(new NoIncludes(OVERRIDE));
            String text = key + " = " + override.substring(separator + 1);
            Config single = ConfigFactory.parseString(text, options);
            DuplicateKeys.refuse(text, OVERRIDE);
            single = single.resolve(ConfigResolveOptions.noSystem());
            if (single.root().size() != 1 || !single.hasPathOrNull(key)) {
                throw new StudyException(OVERRIDE + " '" + override + "' must set one key");
            }
            return single.withFallback(config.withoutPath(key));
        } catch (ConfigException e) {
            throw notHocon(OVERRIDE + " '" + override + "': ", OVERRIDE, e);
        }
    }

    private Study read(Node root, Path directory) {
        root.allow(StudyKeys.ROOT);
        Node name = root.get(StudyKeys.STUDY, "the study's name");
        String what = "a name of letters, digits, '.', '_' and '-'";
        if (!NAME.matcher(name.text(what)).matches()) {
            throw name.refuse("must be " + what + ", at most 100 of them, the first a letter or digit");
        }
        long baseSeed = root.find(StudyKeys.BASE_SEED)
                .map(node -> node.whole(Long.MIN_VALUE, Long.MAX_VALUE))
                .orElse(Study.DEFAULT_BASE_SEED);
        Node truthNode = root.get(StudyKeys.TRUTH, "a block with the known model, or canonical");
        Truths truths = TruthReader.read(truthNode, directory);
        GridReader grid = GridReader.read(
                root.get(StudyKeys.GRID, "a block with what to fit"), truths, TruthPathReader.read(truthNode));
        TruthPathReader.refuse(truthNode, truths, grid.grid(), grid.nested());
        FitReader fit = FitReader.read(root);
        FitReader.refuseRelative(root, truths.problem(), fit.stop());
        for (Gate gate : grid.grid().gates()) {
            for (Expert expert : grid.grid().experts()) {
                BoundChecks.refuseTruthOutside(root, truths.of(gate, expert), gate, expert, grid.grid(), fit.bounds());
            }
        }
        refuseIdleFactors(root, grid.grid(), fit.starts());
        List<LossName> losses =
                root.find(StudyKeys.LOSSES).map(LossNameReader::patterns).orElse(List.of());
        refuseUnstored(root, grid.grid(), losses);
        return new Study(
                name.text(what),
                baseSeed,
                truths,
                grid.grid(),
                fit.starts(),
                fit.bounds(),
                fit.stop(),
                grid.nested(),
                losses,
                limits(root),
                root.find(StudyKeys.IDENTIFIED_SET).map(DerivedLossReader::identifiedSet),
                root.find(StudyKeys.MERGE)
                        .map(block -> DerivedLossReader.merge(block, grid.grid().gates())),
                root.find(StudyKeys.START_KINDS).map(block -> DerivedLossReader.startKinds(block, fit.starts())));
    }

    /** Refuses factors of radii where no start has a radius: all fits would be made several times, and agree. */
    private static void refuseIdleFactors(Node root, Grid grid, StartOptions starts) {
        boolean none = starts.oracle() == 0 || starts.oracleRadii().stream().allMatch(radius -> radius == 0);
        if (none && grid.startRadiusFactors().size() > 1) {
            throw root.get(StudyKeys.GRID, "")
                    .get(OfGrid.START_RADIUS_FACTORS, "")
                    .refuse("needs starts near the truth with a radius that is not zero");
        }
    }

    /** Refuses adaptive seeds whose loss the study does not store. */
    private static void refuseUnstored(Node root, Grid grid, List<LossName> losses) {
        grid.adaptive().ifPresent(rule -> {
            if (!losses.isEmpty() && !losses.contains(rule.metric().pattern())) {
                Node seeds = root.get(StudyKeys.GRID, "").get(OfGrid.SEEDS, "");
                throw seeds.refuse("needs the loss " + rule.metric() + " among " + StudyKeys.LOSSES + " = " + losses);
            }
        });
    }

    private static Limits limits(Node root) {
        Node block = root.find(StudyKeys.LIMITS).orElse(null);
        if (block == null) {
            return Limits.defaults();
        }
        block.allow(List.of(OfLimits.MAX_FAILURE_RATE, OfLimits.ROWS_IN_MEMORY));
        double rate =
                block.find(OfLimits.MAX_FAILURE_RATE).map(StudyParser::share).orElse(Limits.DEFAULT_MAX_FAILURE_RATE);
        int rows =
                block.find(OfLimits.ROWS_IN_MEMORY).map(node -> node.integer(1)).orElse(Limits.DEFAULT_ROWS_IN_MEMORY);
        return new Limits(rate, rows);
    }

    private static double share(Node node) {
        double value = node.finite();
        if (value < 0 || value > 1) {
            throw node.refuse("must be a share in [0, 1]");
        }
        return value + 0.0;
    }
}
