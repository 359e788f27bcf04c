package dev.ratelab.model;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The estimation problem that a fit solves.
 *
 * <p>The two must never be mixed: the EM algorithm for the mixture density does not compute the least-squares estimator of
 * the regression function.
 */
public enum Problem {
    /** {@code y} given {@code x} is a Gaussian mixture of experts; the estimator is maximum likelihood. */
    DENSITY("density"),
    /** {@code y} is the regression function {@code f_G(x) = sum_i pi_i(x) h(x, eta_i)} plus noise; least squares. */
    REGRESSION("regression");

    private final String id;

    Problem(String id) {
        this.id = id;
    }

    /** The name used in study files, on the command line and in tables. */
    public String id() {
        return id;
    }

    /**
     * The problem of that name.
     *
     * @throws IllegalArgumentException naming the known problems if there is none
     */
    public static Problem of(String id) {
        for (Problem problem : values()) {
            if (problem.id.equals(id)) {
                return problem;
            }
        }
        throw new IllegalArgumentException("unknown problem '" + id + "'; known: "
                + Stream.of(values()).map(Problem::id).collect(Collectors.joining(", ")));
    }
}
