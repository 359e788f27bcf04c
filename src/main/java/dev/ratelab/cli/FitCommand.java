package dev.ratelab.cli;

import dev.ratelab.data.Sample;
import dev.ratelab.fit.Estimate;
import dev.ratelab.fit.Estimator;
import dev.ratelab.fit.ascent.Certificate;
import dev.ratelab.fit.ascent.Start;
import dev.ratelab.fit.ascent.StartOptions;
import dev.ratelab.fit.ascent.Starts;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.Problem;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.studyfile.StudyParser;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ratelab fit}: the certified maximum-likelihood estimate of a mixture of experts on the user's own data. */
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        description =
                "Fits a mixture of experts to a CSV file and certifies the optimum. The result does not depend on the"
                        + " order of the columns.")
final class FitCommand extends OutputCommand {
    /** Share of the response's variance below which an expert's variance may not fall, unless the user says otherwise. */
    private static final double SMALLEST_NOISE_SHARE = 0x1p-80;

    private static final double MIN_VARIANCE_SHARE = 1e-6;

    @Parameters(paramLabel = "DATA", description = "CSV file with a header line; - is standard input")
    private String file;

    @Option(names = "--y", paramLabel = "COLUMN", required = true, description = "response")
    private String response;

    @Option(names = "--x", paramLabel = "COLUMN,...", required = true, split = ",", description = "inputs")
    private List<String> inputs;

    @Option(names = "--gate", paramLabel = "GATE", defaultValue = "softmax", description = "gate; default: softmax")
    private String gate;

    @Option(
            names = "--expert",
            paramLabel = "FAMILY",
            defaultValue = "linear",
            description = "expert family; default: linear")
    private String expert;

    @Option(names = "--experts", paramLabel = "K", required = true, description = "number of experts")
    private int experts;

    @Option(
            names = "--problem",
            paramLabel = "PROBLEM",
            defaultValue = "density",
            description = "density (the default): maximum likelihood of y given x; regression: least squares")
    private String problem;

    @Option(
            names = "--start",
            paramLabel = "FILE",
            description = "start from the atoms of this file (JSON as printed by --json) instead of the data")
    private Path startFile;

    @Option(
            names = "--starts",
            paramLabel = "N",
            defaultValue = "24",
            description = "number of data-driven starts; default: 24; not used with --start")
    private int starts;

    @Option(
            names = "--min-variance",
            paramLabel = "V",
            description =
                    "smallest noise variance of an expert; default: that of --bounds, else 1e-6 of the variance of y")
    private Double minVariance;

    @Option(
            names = "--noise-variance",
            paramLabel = "V",
            description = "regression: known noise variance; default: residual squares over degrees of freedom")
    private Double noiseVariance;

    @Option(
            names = "--bounds",
            paramLabel = "FILE",
            description = "bounds as in a study file: a block fit.bounds or bounds, or its keys alone")
    private Path boundsFile;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    void print(PrintWriter out) {
        Problem known = Problem.of(problem);
        if (experts < 1) {
            throw CommandException.usage("--experts = " + experts + " must be at least 1");
        }
        if (minVariance != null && known == Problem.REGRESSION) {
            throw CommandException.usage("--min-variance is for --problem density");
        }
        if (noiseVariance != null && !(noiseVariance > 0 && known == Problem.REGRESSION)) {
            throw CommandException.usage(
                    "--noise-variance = " + noiseVariance + " must be positive, and needs --problem regression");
        }
        if (starts < 1 || starts > StartOptions.MOST) {
            throw CommandException.usage("--starts = " + starts + " must be from 1 to " + StartOptions.MOST);
        }
        List<String> sorted = sortedInputs();
        Gate usable = Gates.of(gate);
        usable.refusal(known, experts, sorted.size()).ifPresent(reason -> {
            throw CommandException.usage("--gate = " + gate + " cannot be used: " + reason);
        });
        MixtureOfExperts family = new MixtureOfExperts(usable, Experts.of(expert), experts, sorted.size());
        String path = file.equals(CsvData.STANDARD_INPUT)
                ? file
                : WorkingDirectory.resolve(file).toString();
        Sample sample = CsvData.read(path, sorted, response);
        MixtureOfExperts model = known == Problem.DENSITY ? family : withNoise(family, firstNoiseVariance(sample));
        if (sample.size() <= model.freeParameterCount()) {
            throw CommandException.usage(file + " has " + sample.size() + " rows; a fit of "
                    + model.freeParameterCount() + " free parameters needs more");
        }
        ParameterBounds bounds = bounds(sample);
        List<Start> from = startFile == null
                ? Starts.random(starts, model, sample, "fit")
                : List.of(new Start(Start.Kind.GIVEN, AtomsFile.read(startFile, model, order(sorted))));
        Estimate estimate = new Estimator(model, bounds, StopRule.defaults()).fit(sample, from);
        if (known == Problem.REGRESSION && noiseVariance == null) {
            // Which point is best does not depend on the noise variance, but what a nat is does: search again with the
            // right one.
            model = withNoise(model, residualVariance(model, sample, estimate));
            List<Start> again = new ArrayList<>(from);
            again.add(new Start(estimate.startKind(), estimate.parameters()));
            estimate = new Estimator(model, bounds, StopRule.defaults()).fit(sample, again);
        }
        Map<String, Object> result = result(known, model, sample, bounds, estimate, order(sorted));
        if (json) {
            out.println(Json.of(result));
        } else {
            print(result, model, estimate, order(sorted), out);
        }
    }

    private static MixtureOfExperts withNoise(MixtureOfExperts family, double variance) {
        return new MixtureOfExperts(
                family.gate(), family.expert(), Noise.known(variance), family.atoms(), family.dimension());
    }

    private double firstNoiseVariance(Sample sample) {
        return noiseVariance == null ? responseVariance(sample) : noiseVariance;
    }

    /** Sum of squared residuals over the degrees of freedom; at least a rounding error of the response. */
    private double residualVariance(MixtureOfExperts model, Sample sample, Estimate estimate) {
        double squares = -2 * estimate.logLikelihood() * model.noise().variance();
        double unbiased = squares / (sample.size() - model.freeParameterCount());
        return Math.max(unbiased, SMALLEST_NOISE_SHARE * responseVariance(sample));
    }

    /** Inputs in a canonical order, so that starts and sums do not depend on the order in which they were named. */
    private List<String> sortedInputs() {
        List<String> sorted = new ArrayList<>(inputs);
        sorted.sort(null);
        if (new HashSet<>(sorted).size() < sorted.size() || sorted.contains(response)) {
            throw CommandException.usage("--x = " + String.join(",", inputs)
                    + " must name each input once, and not the response " + response);
        }
        return sorted;
    }

    /** Position within the canonical order of each input in the order in which the user named them. */
    private int[] order(List<String> sorted) {
        return inputs.stream().mapToInt(sorted::indexOf).toArray();
    }

    private ParameterBounds bounds(Sample sample) {
        ParameterBounds bounds = boundsFile == null
                ? ParameterBounds.none()
                : StudyParser.standard().parseBounds(boundsFile);
        double variance = responseVariance(sample);
        if (minVariance != null) {
            return bounds.withMinVariance(minVariance);
        }
        return bounds.minVariance() > 0 ? bounds : bounds.withMinVariance(MIN_VARIANCE_SHARE * variance);
    }

    private double responseVariance(Sample sample) {
        double mean = 0;
        for (int row = 0; row < sample.size(); row++) {
            mean += (sample.y(row) - mean) / (row + 1);
        }
        double sum = 0;
        for (int row = 0; row < sample.size(); row++) {
            sum += (sample.y(row) - mean) * (sample.y(row) - mean);
        }
        if (!(sum > 0)) {
            throw CommandException.usage("the response " + response + " is constant; nothing can be fitted");
        }
        return sum / sample.size();
    }

    private Map<String, Object> result(
            Problem known,
            MixtureOfExperts model,
            Sample sample,
            ParameterBounds bounds,
            Estimate estimate,
            int[] order) {
        Certificate certificate = estimate.certificate();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("gate", model.gate().id());
        result.put("expert", model.expert().id());
        result.put("problem", known.id());
        result.put("fitted_experts", experts);
        result.put("sample_size", sample.size());
        result.put("inputs", inputs);
        result.put("response", response);
        result.put("status", certificate.status().name());
        result.put("log_likelihood", Json.number(estimate.logLikelihood()));
        result.put("newton_decrement", Json.number(certificate.newtonDecrement()));
        result.put("smallest_eigenvalue", Json.number(certificate.smallestEigenvalue()));
        result.put("flat_dimensions", certificate.flatDimensions());
        result.put("active_bounds", certificate.activeBounds());
        if (known == Problem.REGRESSION) {
            result.put(
                    "residual_squares",
                    Json.number(-2 * estimate.logLikelihood() * model.noise().variance()));
            result.put("noise_variance", model.noise().variance());
        } else {
            result.put("min_variance", bounds.minVariance());
        }
        result.put("iterations", estimate.iterations());
        result.put("starts", estimate.starts());
        result.put("certified_starts", estimate.certifiedStarts());
        result.put("starts_at_optimum", estimate.startsAtOptimum());
        result.put("uncertified_gain", Json.number(estimate.uncertifiedGain()));
        result.put("atoms", AtomsFile.toJson(model, model.toAtoms(estimate.parameters()), order));
        return result;
    }

    private void print(
            Map<String, Object> result, MixtureOfExperts model, Estimate estimate, int[] order, PrintWriter out) {
        result.forEach((name, value) -> {
            if (!name.equals("atoms")) {
                out.printf(Locale.ROOT, "%-20s %s%n", name.replace('_', ' '), value);
            }
        });
        int atom = 1;
        for (Atom each : model.toAtoms(estimate.parameters())) {
            out.printf(Locale.ROOT, "atom %d%n", atom++);
            AtomsFile.toJson(model, List.of(each), order)
                    .get(0)
                    .forEach((name, value) -> out.printf(Locale.ROOT, "  %-18s %s%n", name, value));
        }
    }
}
