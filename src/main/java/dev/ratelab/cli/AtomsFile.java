package dev.ratelab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Atoms as JSON: a list of objects with {@code variance} and one entry for each kind of parameter, a number where the kind has one
 * component for any number of inputs and a list where it has one for each input.
 */
final class AtomsFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VARIANCE = "variance";
    private static final int ANY_INPUTS = 2;

    private AtomsFile() {}

    /**
     * Atoms as objects for JSON.
     *
     * @param order {@code order[j]}: coordinate of the model that is the user's input {@code j}
     */
    static List<Map<String, Object>> toJson(MixtureOfExperts model, List<Atom> atoms, int[] order) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Atom atom : atoms) {
            Map<String, Object> map = new LinkedHashMap<>();
            put(map, model.gate().kinds(model.dimension()), model.gate().kinds(ANY_INPUTS), atom.gate(), order);
            put(map, model.expert().kinds(model.dimension()), model.expert().kinds(ANY_INPUTS), atom.expert(), order);
            map.put(VARIANCE, Json.number(atom.variance()));
            list.add(map);
        }
        return list;
    }

    private static void put(
            Map<String, Object> map,
            List<ParameterKind> kinds,
            List<ParameterKind> kindsOfMany,
            double[] parameters,
            int[] order) {
        for (int k = 0; k < kinds.size(); k++) {
            ParameterKind kind = kinds.get(k);
            if (kindsOfMany.get(k).length() == 1) {
                map.put(kind.name(), Json.number(parameters[kind.offset()]));
            } else {
                List<Double> values = new ArrayList<>();
                for (int coordinate : order) {
                    values.add(Json.number(parameters[kind.offset() + coordinate]));
                }
                map.put(kind.name(), values);
            }
        }
    }

    /**
     * Reads the atoms of a file: a list, or an object with the entry {@code atoms}.
     *
     * @return the flat parameter vector
     * @throws CommandException naming what is missing or wrong
     */
    static double[] read(Path file, MixtureOfExperts model, int[] order) {
        JsonNode root;
        try {
            root = JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw CommandException.usage("start file " + file + " cannot be read: " + firstLine(e.getMessage()), e);
        }
        JsonNode list = root.isArray() ? root : root.path("atoms");
        if (!list.isArray() || list.size() != model.atoms()) {
            throw CommandException.usage(
                    "start file " + file + " must hold a list of " + model.atoms() + " atoms; it has " + list.size());
        }
        List<Atom> atoms = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String where = file + ", atom " + (i + 1);
            JsonNode node = list.get(i);
            double variance = number(node.path(VARIANCE), VARIANCE, where);
            if (!(variance > 0)) {
                throw CommandException.usage(where + ": variance = " + variance + " must be positive");
            }
            atoms.add(new Atom(
                    parameters(
                            node,
                            model.gate().kinds(model.dimension()),
                            model.gate().kinds(ANY_INPUTS),
                            order,
                            where),
                    parameters(
                            node,
                            model.expert().kinds(model.dimension()),
                            model.expert().kinds(ANY_INPUTS),
                            order,
                            where),
                    variance));
        }
        return model.toParameters(atoms);
    }

    private static double[] parameters(
            JsonNode node, List<ParameterKind> kinds, List<ParameterKind> kindsOfMany, int[] order, String where) {
        ParameterKind last = kinds.get(kinds.size() - 1);
        double[] parameters = new double[last.offset() + last.length()];
        for (int k = 0; k < kinds.size(); k++) {
            ParameterKind kind = kinds.get(k);
            JsonNode value = node.path(kind.name());
            if (kindsOfMany.get(k).length() == 1) {
                parameters[kind.offset()] = number(value, kind.name(), where);
                continue;
            }
            if (!value.isArray() || value.size() != kind.length()) {
                throw CommandException.usage(
                        where + ": " + kind.name() + " must be a list of " + kind.length() + " numbers");
            }
            for (int c = 0; c < order.length; c++) {
                parameters[kind.offset() + order[c]] = number(value.get(c), kind.name(), where);
            }
        }
        return parameters;
    }

    private static double number(JsonNode value, String name, String where) {
        if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
            throw CommandException.usage(where + ": " + name + " = " + value + " must be a finite number");
        }
        return value.asDouble();
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
