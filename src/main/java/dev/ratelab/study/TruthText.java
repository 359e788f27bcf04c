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
import dev.ratelab.study.StudyKeys.OfTruth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Canonical texts of truths: part of the format, see {@link StudyText}. */
final class TruthText {
    private TruthText() {}

    /** The path of a key in the block of the truth. */
    private static String path(String... keys) {
        return StudyKeys.path(StudyKeys.TRUTH, StudyKeys.path(keys));
    }

    private static String line(String key, String value) {
        return "  " + StudyText.entry(key, value);
    }

    /** What decides the truths of a study. Those that are named are written out with each setting. */
    static Map<String, String> identity(Truths truths) {
        if (truths instanceof Truths.Given given) {
            return identity(given.truth());
        }
        Truths.Named named = (Truths.Named) truths;
        Map<String, String> map = new LinkedHashMap<>();
        map.put(path(StudyKeys.TYPE), named.type());
        map.put(path(OfTruth.PROBLEM), named.problem().id());
        map.put(path(OfTruth.EXPERTS), Integer.toString(named.experts()));
        map.put(path(OfTruth.INPUTS), Integer.toString(named.inputs()));
        named.variance().ifPresent(variance -> map.put(path(OfTruth.VARIANCE), number(variance)));
        named.seed().ifPresent(seed -> map.put(path(OfTruth.SEED), Long.toString(seed)));
        return map;
    }

    /** The truth with its problem; positions in lists count from 1. */
    static Map<String, String> identity(Truth truth) {
        MixtureOfExperts model = truth.model();
        Map<String, String> map = new LinkedHashMap<>();
        map.put(path(OfTruth.PROBLEM), truth.problem().id());
        if (model.gate().normaliser() == Normaliser.JOINT) {
            map.put(path(OfTruth.INPUT, StudyKeys.TYPE), GateInputs.TYPE);
        } else {
            InputText.identity(truth.input()).flatten(path(OfTruth.INPUT), map);
        }
        map.put(path(OfTruth.GATE, StudyKeys.TYPE), model.gate().id());
        putKinds(
                map,
                path(OfTruth.GATE, ""),
                model.gate().kinds(model.dimension()),
                truth.atoms(),
                Atom::gate,
                model.gate());
        map.put(path(OfTruth.EXPERT, StudyKeys.TYPE), model.expert().id());
        putKinds(
                map,
                path(OfTruth.EXPERT, ""),
                model.expert().kinds(model.dimension()),
                truth.atoms(),
                Atom::expert,
                null);
        if (isShared(truth)) {
            map.put(path(OfTruth.VARIANCE), number(truth.atoms().get(0).variance()));
        } else {
            for (int i = 0; i < truth.atoms().size(); i++) {
                map.put(
                        path(OfTruth.VARIANCE) + "[" + (i + 1) + "]",
                        number(truth.atoms().get(i).variance()));
            }
        }
        // Normal noise is not written: it was there before there was any other.
        if (!truth.noise().equals(NoiseLaw.NORMAL)) {
            InputText.of(truth.noise()).flatten(path(OfTruth.NOISE), map);
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
                : List.of(line(OfTruth.PATH, StudyText.list(paths, TruthPath::hocon)));
        if (truths instanceof Truths.Given given) {
            return resolved(given.truth(), path);
        }
        List<String> lines = new ArrayList<>(List.of(StudyKeys.TRUTH + " {"));
        identity(truths).forEach((key, text) -> lines.add(line(key.substring(path("").length()), text)));
        lines.addAll(path);
        lines.add("}");
        return String.join("\n", lines);
    }

    private static String resolved(Truth truth, List<String> path) {
        MixtureOfExperts model = truth.model();
        int dimension = model.dimension();
        List<String> lines = new ArrayList<>();
        lines.add(StudyKeys.TRUTH + " {");
        lines.add(line(OfTruth.PROBLEM, quoted(truth.problem().id())));
        lines.add(line(
                OfTruth.INPUT,
                (model.gate().normaliser() == Normaliser.JOINT
                                ? TextBlock.of(GateInputs.TYPE)
                                : InputText.resolved(truth.input()))
                        .hocon()));
        lines.add(line(
                OfTruth.GATE,
                block(model.gate().id(), model.gate().kinds(dimension), truth.atoms(), Atom::gate, model.gate())));
        lines.add(line(
                OfTruth.EXPERT,
                block(model.expert().id(), model.expert().kinds(dimension), truth.atoms(), Atom::expert, null)));
        lines.add(line(
                OfTruth.VARIANCE,
                isShared(truth)
                        ? number(truth.atoms().get(0).variance())
                        : StudyText.list(truth.atoms(), atom -> number(atom.variance()))));
        if (!truth.noise().equals(NoiseLaw.NORMAL)) {
            lines.add(line(OfTruth.NOISE, InputText.of(truth.noise()).hocon()));
        }
        lines.addAll(path);
        lines.add("}");
        return String.join("\n", lines);
    }

    private static String block(
            String type, List<ParameterKind> kinds, List<Atom> atoms, Function<Atom, double[]> parameters, Gate gate) {
        List<String> lines = new ArrayList<>(List.of(StudyText.entry(StudyKeys.TYPE, quoted(type))));
        for (int k = 0; k < kinds.size(); k++) {
            ParameterKind kind = kinds.get(k);
            String values = StudyText.list(entries(k, atoms, parameters, gate), entry -> entry(kind, entry));
            lines.add(StudyText.entry(key(kind), values));
        }
        return StudyText.block(lines);
    }

    private static String entry(ParameterKind kind, double[] values) {
        if (kind.length() == 1) {
            return number(values[kind.offset()]);
        }
        double[] components = Arrays.copyOfRange(values, kind.offset(), kind.offset() + kind.length());
        return StudyText.list(Arrays.stream(components).boxed().toList(), StudyText::number);
    }
}
