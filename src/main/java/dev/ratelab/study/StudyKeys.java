package dev.ratelab.study;

import java.util.List;

/**
 * The keys of a study file, block by block: each is spelled here and nowhere else, for readers, identities, written studies and
 * messages. Those of {@code fit.bounds} stand in {@link dev.ratelab.model.ParameterBounds}.
 */
public final class StudyKeys {
    public static final String STUDY = "study";
    public static final String BASE_SEED = "base-seed";
    public static final String TRUTH = "truth";
    public static final String GRID = "grid";
    public static final String FIT = "fit";
    public static final String LOSSES = "losses";
    public static final String LIMITS = "limits";
    public static final String IDENTIFIED_SET = "identified-set";
    public static final String MERGE = "merge";
    public static final String START_KINDS = "start-kinds";

    /** All keys at the top. */
    public static final List<String> ROOT =
            List.of(STUDY, BASE_SEED, TRUTH, GRID, FIT, LOSSES, LIMITS, IDENTIFIED_SET, MERGE, START_KINDS);

    /** What a block is, in every block that may be of several types. */
    public static final String TYPE = "type";

    private StudyKeys() {}

    /** The path of a key in blocks within each other, such as {@code grid.seeds}. */
    public static String path(String... keys) {
        return String.join(".", keys);
    }

    /** The block {@code truth}. */
    public static final class OfTruth {
        public static final String PROBLEM = "problem";
        public static final String INPUT = "input";
        public static final String GATE = "gate";
        public static final String EXPERT = "expert";
        public static final String VARIANCE = "variance";
        public static final String NOISE = "noise";
        public static final String PATH = "path";
        public static final String EXPERTS = "experts";
        public static final String INPUTS = "inputs";
        public static final String SEED = "seed";

        /** The keys of a truth that is written out. */
        public static final List<String> GIVEN = List.of(PROBLEM, INPUT, GATE, EXPERT, VARIANCE, NOISE, PATH);

        /** Those of canonical truths; random ones have {@link #SEED} too. */
        public static final List<String> NAMED = List.of(TYPE, PROBLEM, EXPERTS, INPUTS, VARIANCE, PATH);

        private OfTruth() {}
    }

    /** The blocks {@code truth.input} and {@code truth.noise}. */
    public static final class OfInput {
        public static final String LOW = "low";
        public static final String HIGH = "high";
        public static final String MEAN = "mean";
        public static final String STANDARD_DEVIATION = "standard-deviation";
        public static final String COVARIANCE = "covariance";
        public static final String LOCATION = "location";
        public static final String SCALE = "scale";
        public static final String DEGREES_OF_FREEDOM = "degrees-of-freedom";
        public static final String SLOPE = "slope";
        public static final String COMPONENTS = "components";
        public static final String WEIGHT = "weight";
        public static final String FILE = "file";
        public static final String COLUMNS = "columns";
        public static final String ROWS = "rows";
        public static final String RESAMPLE = "resample";

        private OfInput() {}
    }

    /** The block {@code truth.path}. */
    public static final class OfPath {
        public static final String ATOM = "atom";
        public static final String CELL = "cell";

        private OfPath() {}
    }

    /** The block {@code grid}. */
    public static final class OfGrid {
        public static final String GATE = "gate";
        public static final String EXPERT = "expert";
        public static final String FITTED_EXPERTS = "fitted-experts";
        public static final String SAMPLE_SIZES = "sample-sizes";
        public static final String SEEDS = "seeds";
        public static final String NESTED = "nested";
        public static final String NOISE_PRECISION = "noise-precision";
        public static final String DESIGN = "design";
        public static final String NODES = "nodes";
        public static final String START_RADIUS_FACTORS = "start-radius-factors";
        public static final List<String> ALL = List.of(
                GATE,
                EXPERT,
                FITTED_EXPERTS,
                SAMPLE_SIZES,
                SEEDS,
                NESTED,
                NOISE_PRECISION,
                DESIGN,
                NODES,
                START_RADIUS_FACTORS);

        private OfGrid() {}
    }

    /** A block in the place of sample sizes. */
    public static final class OfSizes {
        public static final String LOG_SPACED = "log-spaced";
        public static final String LINEAR = "linear";
        public static final String FROM = "from";
        public static final String TO = "to";
        public static final String COUNT = "count";

        private OfSizes() {}
    }

    /** A block in the place of a number of seeds. */
    public static final class OfSeeds {
        public static final String TARGET_SLOPE_ERROR = "target-slope-error";
        public static final String MAX = "max";
        public static final String METRIC = "metric";

        private OfSeeds() {}
    }

    /** The block {@code fit}. */
    public static final class OfFit {
        public static final String STARTS = "starts";
        public static final String BOUNDS = "bounds";
        public static final String STOP = "stop";

        private OfFit() {}
    }

    /** The block {@code fit.starts}. */
    public static final class OfStarts {
        public static final String KIND = "kind";
        public static final String ORACLE = "oracle";
        public static final String ORACLE_RADII = "oracle-radii";
        public static final String ORACLE_RADIUS_EXPONENT = "oracle-radius-exponent";
        public static final String RANDOM = "random";

        private OfStarts() {}
    }

    /** The block {@code fit.stop}. */
    public static final class OfStop {
        public static final String RULE = "rule";
        public static final String TOLERANCE = "tolerance";
        public static final String PREDICTED_GAIN = "predicted-gain";
        public static final String MAX_ITERATIONS = "max-iterations";
        public static final String WARM_UP_ITERATIONS = "warm-up-iterations";
        public static final String TIME_LIMIT_MILLIS = "time-limit-millis";

        private OfStop() {}
    }

    /** The blocks {@code identified-set}, {@code merge} and {@code start-kinds}: losses beside those of the estimates. */
    public static final class OfDerived {
        public static final String METRICS = "metrics";
        public static final String NATS = "nats";
        public static final String STARTS = "starts";
        public static final String TO = "to";

        private OfDerived() {}
    }

    /** The block {@code limits}. */
    public static final class OfLimits {
        public static final String MAX_FAILURE_RATE = "max-failure-rate";
        public static final String ROWS_IN_MEMORY = "rows-in-memory";

        private OfLimits() {}
    }
}
