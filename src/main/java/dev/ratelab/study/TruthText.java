package dev.ratelab.study;

import static dev.ratelab.study.StudyText.key;
import static dev.ratelab.study.StudyText.number;
import static dev.ratelab.study.StudyText.quoted;

import dev.ratelab.data.NoiseLaw;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.Normaliser;
import dev.ratelab.model.ParameterKind;
import dev.ratelab.model.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Canonical texts of truths: part of the format, see {@link StudyText}. */
final class TruthText {
    private TruthText() {}

    /** What decides the truths of a study. Those that are named are written out with each setting. */
    static Map<String, String> identity(Truths truths) {
        if (truths instanceof Truths.Given given) {
            return identity(given.truth());
        }
        Truths.Named named = (Truths.Named) truths;
        Map<String, String> map = new LinkedHashMap<>();
        map.put("truth.type", type(named));
        map.put("truth.problem", named.problem().id());
        map.put("truth.experts", Integer.toString(named.experts()));
        map.put("truth.inputs", Integer.toString(named.inputs()));
        named.variance().ifPresent(variance -> map.put("truth.variance", number(variance)));
        named.seed().ifPresent(seed -> map.put("truth.seed", Long.toString(seed)));
        return map;
    }

    private static String type(Truths.Named named) {
        return named.seed().isPresent() ? "random" : "canonical";
    }

    /** The truth with its problem; positions in lists count from 1. */
    static Map<String, String> identity(Truth truth) {
        MixtureOfExperts model = truth.model();
        Map<String, String> map = new LinkedHashMap<>();
        map.put("truth.problem", truth.problem().id());
        if (model.gate().normaliser() == Normaliser.JOINT) {
            map.put("truth.input.type", GateInputs.TYPE);
        } else {
            InputText.identity(truth.input()).flatten("truth.input", map);
        }
        map.put("truth.gate.type", model.gate().id());
        putKinds(map, "truth.gate.", model.gate().kinds(model.dimension()), truth.atoms(), Atom::gate, model.gate());
        map.put("truth.expert.type", model.expert().id());
        putKinds(map, "truth.expert.", model.expert().kinds(model.dimension()), truth.atoms(), Atom::expert, null);
        if (isShared(truth)) {
            map.put("truth.variance", number(truth.atoms().get(0).variance()));
        } else {
            for (int i = 0; i < truth.atoms().size(); i++) {
                map.put(
                        "truth.variance[" + (i + 1) + "]",
                        number(truth.atoms().get(i).variance()));
            }
        }
        // Normal noise is not written: it was there before there was any other.
        if (!truth.noise().equals(NoiseLaw.NORMAL)) {
            InputText.of(truth.noise()).flatten("truth.noise", map);
        }
        return map;
    }

    private static boolean isShared(Truth truth) {
        return truth.problem() == Problem.REGRESSION || truth.model().noise().kind() == Noise.Kind.SHARED;
    }

    private static void putKinds(
            Map<String, String> map,
            String prefix,
            List<ParameterKind> kinds,
            List<Atom> atoms,
            Function<Atom, double[]> parameters,
            Gate gate) {
        for (int k = 0; k < kinds.size(); k++) {
            ParameterKind kind = kinds.get(k);
            List<double[]> entries = entries(k, atoms, parameters, gate);
            for (int i = 0; i < entries.size(); i++) {
                for (int c = 0; c < kind.length(); c++) {
                    String component = kind.length() == 1 ? "" : "[" + (c + 1) + "]";
                    double value = entries.get(i)[kind.offset() + c];
                    map.put(prefix + key(kind) + "[" + (i + 1) + "]" + component, number(value));
                }
            }
        }
    }

    /** Parameters of an atom for each entry of a kind's list. */
    private static List<double[]> entries(int kind, List<Atom> atoms, Function<Atom, double[]> parameters, Gate gate) {
        int count = StudyText.entries(gate, kind, atoms.size());
        List<double[]> entries = new ArrayList<>();
        for (int i = 0; i < atoms.size() && entries.size() < count; i++) {
            if (gate == null || gate.entry(kind, i, atoms.size()) == entries.size()) {
                entries.add(parameters.apply(atoms.get(i)));
            }
        }
        return entries;
    }

    /** The truths as a study file writes them, with their paths. */
    static String resolved(Truths truths, List<TruthPath> paths) {
        // A fixed truth is not written: there was no other before.
        List<String> path = paths.equals(TruthPath.FIXED_ONLY)
                ? List.of()
                : List.of("  path = " + StudyText.list(paths, TruthPath::hocon));
        if (truths instanceof Truths.Given given) {
            return resolved(given.truth(), path);
        }
        List<String> lines = new ArrayList<>(List.of("truth {"));
        identity(truths).forEach((key, text) -> lines.add("  " + key.substring("truth.".length()) + " = " + text));
        lines.addAll(path);
        lines.add("}");
        return String.join("\n", lines);
    }

    private static String resolved(Truth truth, List<String> path) {
        MixtureOfExperts model = truth.model();
        int dimension = model.dimension();
        List<String> lines = new ArrayList<>();
        lines.add("truth {");
        lines.add("  problem = " + quoted(truth.problem().id()));
        lines.add("  input = "
                + (model.gate().normaliser() == Normaliser.JOINT
                        ? "{ type = " + quoted(GateInputs.TYPE) + " }"
                        : InputText.resolved(truth.input()).hocon()));
        lines.add("  gate = "
                + block(model.gate().id(), model.gate().kinds(dimension), truth.atoms(), Atom::gate, model.gate()));
        lines.add("  expert = "
                + block(model.expert().id(), model.expert().kinds(dimension), truth.atoms(), Atom::expert, null));
        lines.add("  variance = "
                + (isShared(truth)
                        ? number(truth.atoms().get(0).variance())
                        : StudyText.list(truth.atoms(), atom -> number(atom.variance()))));
        if (!truth.noise().equals(NoiseLaw.NORMAL)) {
            lines.add("  noise = " + InputText.of(truth.noise()).hocon());
        }
        lines.addAll(path);
        lines.add("}");
        return String.join("\n", lines);
    }

    private static String block(
            String type, List<ParameterKind> kinds, List<Atom> atoms, Function<Atom, double[]> parameters, Gate gate) {
        StringBuilder text = new StringBuilder("{ type = ").append(quoted(type));
        for (int k = 0; k < kinds.size(); k++) {
            ParameterKind kind = kinds.get(k);
            text.append(", ").append(key(kind)).append(" = ");
            text.append(StudyText.list(entries(k, atoms, parameters, gate), values -> entry(kind, values)));
        }
        return text.append(" }").toString();
    }

    private static String entry(ParameterKind kind, double[] values) {
        if (kind.length() == 1) {
            return number(values[kind.offset()]);
        }
        double[] components = Arrays.copyOfRange(values, kind.offset(), kind.offset() + kind.length());
        return StudyText.list(Arrays.stream(components).boxed().toList(), StudyText::number);
    }
}
