package dev.ratelab.cli;

import dev.ratelab.data.NoiseLaw;
import dev.ratelab.data.Truth;
import dev.ratelab.diagnose.Diagnosis;
import dev.ratelab.diagnose.Finding;
import dev.ratelab.diagnose.Modulus;
import dev.ratelab.diagnose.ModulusCurve;
import dev.ratelab.diagnose.Verdict;
import dev.ratelab.model.Problem;
import dev.ratelab.report.FigureFormat;
import dev.ratelab.report.FigureWriter;
import dev.ratelab.report.ModulusFigure;
import dev.ratelab.study.Study;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ratelab diagnose}: what theory assumes of the models of a study, checked without data. */
@Command(
        name = "diagnose",
        mixinStandardHelpOptions = true,
        description = {
            "Checks without data what theory assumes of the models of a study: whether the derivatives by their"
                    + " parameters are linearly independent functions, which of them are not, and from which sample size"
                    + " that can be seen. Runs no fits, needs no Spark; docs/diagnose.md says how to read it."
        })
final class DiagnoseCommand extends OutputCommand {
    @Mixin
    private StudyOptions study;

    @Option(names = "--json", description = "print JSON; what is undefined or infinite is null")
    private boolean json;

    @Option(
            names = "--modulus",
            description =
                    "show instead how near in prediction a model can stay while an atom or the temperature is held away"
                            + " from the truth, with the rate that follows; seconds for each truth")
    private boolean modulus;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "with --modulus, draw V over the distance too; FILE ends in .svg or .png")
    private Path plot;

    @Override
    void print(PrintWriter out) throws IOException {
        Optional<FigureFormat> format = plotFormat();
        Study parsed = study.parse();
        refuseOtherNoise(parsed);
        if (modulus) {
            printCurves(parsed, format, out);
        } else {
            printFindings(parsed, out);
        }
    }

    /** Densities of the response are those of normal noise with the variance of each expert. */
    private static void refuseOtherNoise(Study study) {
        NoiseLaw noise = study.truth().noise();
        if (study.problem() == Problem.DENSITY && !(noise instanceof NoiseLaw.Normal)) {
            throw CommandException.usage("truth.noise = " + noise.id()
                    + ": a density can be diagnosed with normal noise only, in study " + study.name());
        }
    }

    private void printFindings(Study parsed, PrintWriter out) {
        List<Integer> sizes = parsed.grid().sampleSizes();
        int largest = sizes.get(sizes.size() - 1);
        int experts = Collections.max(parsed.grid().fittedExperts());
        List<Finding> findings = new ArrayList<>();
        for (Truth truth : parsed.distinctTruths()) {
            findings.addAll(Diagnosis.of(truth, experts, largest));
        }
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("study", parsed.name());
            result.put("largest_sample_size", largest);
            result.put(
                    "findings", findings.stream().map(DiagnoseCommand::fields).toList());
            out.println(Json.of(result));
            return;
        }
        TextTable table = new TextTable(
                "gate", "expert", "set", ">functions", ">distinct", ">sigma-min", ">visible from n", "verdict");
        for (Finding finding : findings) {
            boolean applies = finding.verdict() != Verdict.NOT_APPLICABLE;
            table.add(
                    finding.gate(),
                    finding.expert(),
                    finding.set().text(),
                    applies ? Integer.toString(finding.functions()) : "-",
                    applies ? Integer.toString(finding.distinct()) : "-",
                    applies ? number(sigma(finding)) : "-",
                    Double.isFinite(finding.visibleFrom()) ? number(finding.visibleFrom()) : "-",
                    verdict(finding, largest));
        }
        out.print(table);
        printRelations(findings, out);
    }

    private static void printRelations(List<Finding> findings, PrintWriter out) {
        Map<String, List<String>> blocks = new LinkedHashMap<>();
        for (Finding finding : findings) {
            List<String> lines = new ArrayList<>(finding.relations());
            if (!finding.note().isEmpty()) {
                lines.add(finding.note());
            }
            if (!lines.isEmpty()) {
                blocks.put(
                        finding.gate() + ", " + finding.expert() + ", "
                                + finding.set().text(),
                        lines);
            }
        }
        blocks.forEach((title, lines) -> {
            out.println();
            out.println(title);
            lines.forEach(line -> out.println("  " + line));
        });
    }

    /** The singular value that the verdict is about. */
    private static double sigma(Finding finding) {
        return finding.verdict() == Verdict.DEPENDENT ? finding.smallest() : finding.smallestDistinct();
    }

    private static String verdict(Finding finding, int largest) {
        return finding.verdict() == Verdict.INDEPENDENT && !finding.visible()
                ? "practically unidentified at n = " + largest
                : finding.verdict().text();
    }

    private static Map<String, Object> fields(Finding finding) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("gate", finding.gate());
        row.put("expert", finding.expert());
        row.put("set", finding.set().text());
        row.put("functions", finding.functions());
        row.put("distinct", finding.distinct());
        row.put("smallest_singular_value", Json.number(finding.smallest()));
        row.put("smallest_distinct_singular_value", Json.number(finding.smallestDistinct()));
        row.put("verdict", finding.verdict().text());
        row.put("visible_from", Json.number(finding.visibleFrom()));
        row.put("visible", finding.visible());
        row.put("relations", finding.relations());
        row.put("note", finding.note());
        return row;
    }

    /** The format of the picture, if one is asked for: refused before anything is computed. */
    private Optional<FigureFormat> plotFormat() {
        if (plot == null) {
            return Optional.empty();
        }
        if (!modulus) {
            throw CommandException.usage("--plot = " + plot + " needs --modulus");
        }
        String name = plot.toString();
        FigureFormat format;
        try {
            format = FigureFormat.of(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw CommandException.usage("--plot = " + plot + " must end in .svg or .png", unknown);
        }
        if (format == FigureFormat.PNG) {
            FigureWriter.pngProblem().ifPresent(problem -> {
                throw new CommandException(ExitCode.INFRASTRUCTURE, problem);
            });
        }
        return Optional.of(format);
    }

    private void printCurves(Study parsed, Optional<FigureFormat> format, PrintWriter out) throws IOException {
        List<ModulusCurve> curves = Modulus.of(parsed.distinctTruths());
        if (format.isPresent()) {
            FigureWriter.write(ModulusFigure.of(parsed.name(), curves), format.get(), plot);
        }
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("study", parsed.name());
            result.put("curves", curves.stream().map(DiagnoseCommand::fields).toList());
            out.println(Json.of(result));
            return;
        }
        TextTable table = new TextTable(
                "gate",
                "expert",
                "held away",
                ">atoms in cell",
                ">V(1)",
                ">V(smallest)",
                "local exponents",
                ">rate",
                ">from distance",
                ">visible from");
        for (ModulusCurve curve : curves) {
            List<Double> values = curve.values();
            table.add(
                    curve.gate(),
                    curve.expert(),
                    curve.held(),
                    Integer.toString(curve.cell()),
                    values.isEmpty() ? "-" : number(values.get(0)),
                    values.isEmpty() ? "-" : number(values.get(values.size() - 1)),
                    values.isEmpty() ? curve.note() : exponents(curve),
                    values.isEmpty() ? "-" : String.format(Locale.ROOT, "%.3f", curve.rate()),
                    curve.settled() ? fraction(curve.asymptoticFrom()) : "-",
                    visibleFrom(curve));
        }
        out.print(table);
    }

    private static String visibleFrom(ModulusCurve curve) {
        if (curve.settled()) {
            return number(curve.visibleFrom());
        }
        return curve.flat() || curve.values().isEmpty() ? "-" : "not settled";
    }

    /** A distance: 1 or a power of one half. */
    private static String fraction(double distance) {
        return distance == 1 ? "1" : "1/" + Math.round(1 / distance);
    }

    private static String exponents(ModulusCurve curve) {
        if (curve.flat()) {
            return "flat: zero to rounding";
        }
        return curve.exponents().stream()
                .map(exponent -> String.format(Locale.ROOT, "%.2f", exponent))
                .collect(Collectors.joining(" "));
    }

    private static Map<String, Object> fields(ModulusCurve curve) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("gate", curve.gate());
        row.put("expert", curve.expert());
        row.put("held", curve.held());
        row.put("atoms_in_cell", curve.cell());
        row.put("distances", curve.deltas());
        row.put("values", curve.values());
        row.put("exponents", curve.exponents().stream().map(Json::number).toList());
        row.put("flat", curve.flat());
        row.put("exponent", Json.number(curve.exponent()));
        row.put("rate", Json.number(curve.rate()));
        row.put("settled", curve.settled());
        row.put("asymptotic_from", Json.number(curve.asymptoticFrom()));
        row.put("visible_from", Json.number(curve.visibleFrom()));
        row.put("note", curve.note());
        return row;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2e", value);
    }
}
