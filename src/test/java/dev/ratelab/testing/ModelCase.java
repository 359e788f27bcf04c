package dev.ratelab.testing;

import dev.ratelab.data.Sample;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.Problem;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A model with parameters and data for contract tests.
 *
 * <p>{@link #crosses} is the full cross of gates (all registered ones and compositions), experts (likewise) and noises (own variances,
 * a shared one, regression) at all sizes (k, d) of k = 1, ..., 4 and d = 1, 3, 8, as far as gates do not refuse. {@link #all} has one
 * of these sizes for each combination, which rotates such that every gate and every expert meets every size that it can have; a test
 * checks that. {@link #few} and {@link #fewCrosses} are for tests that must be quick.
 */
public record ModelCase(MixtureOfExperts model, long seed) {
    public static final int MOST_ATOMS = 4;
    private static final int[] DIMENSIONS = {1, 3, 8};
    public static final List<Noise> NOISES = List.of(Noise.OWN, Noise.SHARED, Noise.known(0.5));

    private static final double PARAMETER_SCALE = 0.5;

    /** Largest number of directions in which a test differentiates. */
    private static final int DIRECTIONS = 10;

    /** Range of a parameter within which the predictors of a row must be smooth; many steps of differences. */
    private static final double MARGIN = 1e-3;

    private static final double SMOOTH = 1e-7;

    /** Numbers of atoms and inputs. */
    public record Size(int atoms, int dimension) {}

    public static List<Gate> gates() {
        Map<String, Gate> gates = new LinkedHashMap<>();
        Gates.all().stream().filter(gate -> !(gate instanceof ToyGate)).forEach(gate -> gates.put(gate.id(), gate));
        for (String id : List.of(
                "hierarchical(groups=2,outer=laplace,inner=laplace)",
                "hierarchical(groups=2,inner=cosine)",
                "top-k(k=2,scores=perturbed-cosine)",
                "dense-to-sparse(temperature=0.7)",
                "dense-to-sparse(temperature=4:0.7)",
                "dense-to-sparse(bias=outside)",
                "activation-dense-to-sparse(router=tanh)",
                "activation-dense-to-sparse(router=gelu)",
                "activation-dense-to-sparse(router=silu)",
                "activation-dense-to-sparse(router=relu)")) {
            gates.put(id, Gates.of(id));
        }
        return List.copyOf(gates.values());
    }

    public static List<Expert> experts() {
        List<Expert> experts = new ArrayList<>(Experts.all());
        experts.removeIf(expert -> expert instanceof ToyExpert);
        for (String id : List.of(
                "tanh(output-weight=yes)",
                "gelu(bias=no)",
                "sigmoid(width=2)",
                "polynomial(degree=3)",
                "silu(output-weight=yes,width=2)",
                "sine(bias=no,output-weight=yes)")) {
            experts.add(Experts.of(id));
        }
        return experts;
    }

    /** The sizes that a gate can have in a problem. */
    public static List<Size> sizes(Gate gate, Problem problem) {
        List<Size> sizes = new ArrayList<>();
        for (int dimension : DIMENSIONS) {
            for (int atoms = 1; atoms <= MOST_ATOMS; atoms++) {
                if (gate.refusal(problem, atoms, dimension).isEmpty()) {
                    sizes.add(new Size(atoms, dimension));
                }
            }
        }
        return sizes;
    }

    /** A gate, an expert family and a noise, with all sizes that the gate can have. */
    public record Cross(Gate gate, Expert expert, Noise noise, List<Size> sizes, long seed) {
        public Stream<ModelCase> cases() {
            return sizes.stream().map(this::at);
        }

        private ModelCase at(Size size) {
            return new ModelCase(new MixtureOfExperts(gate, expert, noise, size.atoms(), size.dimension()), seed);
        }

        @Override
        public String toString() {
            return gate.id() + " " + expert.id() + " " + noise.kind();
        }
    }

    public static Stream<Cross> crosses() {
        List<Cross> crosses = new ArrayList<>();
        for (int n = 0; n < NOISES.size(); n++) {
            Noise noise = NOISES.get(n);
            Problem problem = noise.kind() == Noise.Kind.KNOWN ? Problem.REGRESSION : Problem.DENSITY;
            for (int g = 0; g < gates().size(); g++) {
                List<Size> sizes = sizes(gates().get(g), problem);
                for (int e = 0; e < experts().size() && !sizes.isEmpty(); e++) {
                    crosses.add(new Cross(gates().get(g), experts().get(e), noise, sizes, 10_000L * n + 100L * g + e));
                }
            }
        }
        return crosses.stream();
    }

    public static Stream<ModelCase> all() {
        List<ModelCase> cases = new ArrayList<>();
        Map<List<Object>, Integer> alike = new HashMap<>();
        int expert = 0;
        int rank = 0;
        for (Cross cross : crosses().toList()) {
            if (cross.expert().id().equals(experts().get(0).id())) {
                rank = alike.merge(List.of(cross.noise(), cross.sizes()), 1, Integer::sum);
                expert = 0;
            }
            int shift = rank + expert + 5 * NOISES.indexOf(cross.noise());
            cases.add(cross.at(cross.sizes().get(shift % cross.sizes().size())));
            expert++;
        }
        return cases.stream();
    }

    /** A few of {@link #crosses}, for each noise: every gate once, and every expert at least once if gates are as many. */
    public static Stream<Cross> fewCrosses() {
        Few few = new Few();
        return crosses().filter(cross -> few.hold(cross.gate(), cross.expert(), cross.noise()));
    }

    /** The same few of {@link #all}. */
    public static Stream<ModelCase> few() {
        Few few = new Few();
        return all().filter(c ->
                few.hold(c.model().gate(), c.model().expert(), c.model().noise()));
    }

    /** Gates and experts along shifted diagonals of their table. */
    private static final class Few {
        private final List<String> gates = gates().stream().map(Gate::id).toList();
        private final List<String> experts = experts().stream().map(Expert::id).toList();

        boolean hold(Gate gate, Expert expert, Noise noise) {
            int shift = experts.indexOf(expert.id()) - gates.indexOf(gate.id()) - NOISES.indexOf(noise);
            return Math.floorMod(shift, Math.min(gates.size(), experts.size())) == 0;
        }
    }

    public static Stream<ModelCase> densities(Stream<ModelCase> cases) {
        return cases.filter(c -> c.model().problem() == Problem.DENSITY);
    }

    public static Stream<ModelCase> regressions(Stream<ModelCase> cases) {
        return cases.filter(c -> c.model().problem() == Problem.REGRESSION);
    }

    /** Moderate parameters. */
    public double[] theta(int salt) {
        Random random = new Random(seed * 31 + salt);
        double[] theta = new double[model.parameterCount()];
        for (int a = 0; a < theta.length; a++) {
            theta[a] = PARAMETER_SCALE * random.nextGaussian();
        }
        return theta;
    }

    /** Atoms such that each has gone to the next place of its group, the last to the first. */
    public List<Atom> exchanged(List<Atom> atoms) {
        List<Atom> exchanged = new ArrayList<>(atoms);
        int count = model.atoms();
        for (int i = 0; i < count; i++) {
            int group = model.gate().group(i, count);
            int next = i + 1;
            if (next == count || model.gate().group(next, count) != group) {
                next = 0;
                while (model.gate().group(next, count) != group) {
                    next++;
                }
            }
            exchanged.set(next, atoms.get(i));
        }
        return exchanged;
    }

    public Sample sample(int rows) {
        return Simulated.sample(rows, model.dimension(), seed);
    }

    /**
     * Directions that together move every parameter once: the unit vectors if they are few, else sums of widely spaced ones with
     * both signs.
     */
    public double[][] directions() {
        int count = model.parameterCount();
        double[][] directions = new double[Math.min(count, DIRECTIONS)][count];
        for (int a = 0; a < count; a++) {
            directions[a % DIRECTIONS][a] = a / DIRECTIONS % 2 == 0 ? 1 : -1;
        }
        return directions;
    }

    /**
     * At most {@code most} directions that together move every parameter once, by amounts of 0.5 to 1.5 of either sign; amounts
     * differ, so that errors of several parameters do not cancel.
     */
    public double[][] fewDirections(int most) {
        Random random = new Random(seed * 31 + model.parameterCount());
        int count = model.parameterCount();
        double[][] directions = new double[Math.min(count, most)][count];
        for (int a = 0; a < count; a++) {
            directions[a % most][a] = (random.nextBoolean() ? 1 : -1) * (0.5 + random.nextDouble());
        }
        return directions;
    }

    public static double length(double[] direction) {
        double squares = 0;
        for (double entry : direction) {
            squares += entry * entry;
        }
        return Math.sqrt(squares);
    }

    public static double[] moved(double[] theta, double step, double[] direction) {
        double[] moved = theta.clone();
        for (int a = 0; a < theta.length; a++) {
            moved[a] += step * direction[a];
        }
        return moved;
    }

    /**
     * The rows of a sample at which differences make sense: all for smooth families. For others those at which second differences of
     * scores and means with two steps agree in every direction that a test uses: no kink, jump or tie is near.
     */
    public Sample regular(Sample sample, double[] theta) {
        List<double[]> directions = new ArrayList<>(List.of(directions()));
        for (int a = 0; a < theta.length; a++) {
            double[] unit = new double[theta.length];
            unit[a] = 1;
            directions.add(unit);
        }
        return regular(sample, theta, directions);
    }

    /** The rows at which differences in these directions make sense. */
    public Sample regular(Sample sample, double[] theta, List<double[]> directions) {
        if (model.gate().smooth() && model.expert().smooth()) {
            return sample;
        }
        boolean[] keep = new boolean[sample.size()];
        Arrays.fill(keep, true);
        double[][] at = predictors(sample, theta);
        for (double[] direction : directions) {
            double[][][] near = new double[4][][];
            for (int s = 0; s < near.length; s++) {
                double step = (s % 2 == 0 ? 1 : -1) * MARGIN / (s < 2 ? 1 : 2);
                near[s] = predictors(sample, moved(theta, step, direction));
            }
            for (int row = 0; row < keep.length; row++) {
                for (int i = 0; i < at[row].length; i++) {
                    double wide = near[0][row][i] - 2 * at[row][i] + near[1][row][i];
                    double narrow = near[2][row][i] - 2 * at[row][i] + near[3][row][i];
                    keep[row] &= Math.abs(wide - 4 * narrow) < SMOOTH;
                }
            }
        }
        return rows(sample, keep);
    }

    private double[][] predictors(Sample sample, double[] theta) {
        ReferenceModel reference = new ReferenceModel(model, theta, sample);
        double[][] all = new double[sample.size()][2 * model.atoms()];
        for (int row = 0; row < all.length; row++) {
            System.arraycopy(reference.scores[row], 0, all[row], 0, model.atoms());
            System.arraycopy(reference.means[row], 0, all[row], model.atoms(), model.atoms());
        }
        return all;
    }

    private static Sample rows(Sample sample, boolean[] keep) {
        int count = 0;
        for (boolean kept : keep) {
            count += kept ? 1 : 0;
        }
        double[][] x = new double[sample.dimension()][count];
        double[] y = new double[count];
        int to = 0;
        for (int row = 0; row < keep.length; row++) {
            if (keep[row]) {
                for (int j = 0; j < x.length; j++) {
                    x[j][to] = sample.x(j, row);
                }
                y[to] = sample.y(row);
                to++;
            }
        }
        return Sample.of(x, y);
    }

    @Override
    public String toString() {
        return model.gate().id() + " " + model.expert().id() + " "
                + model.noise().kind() + " k=" + model.atoms() + " d=" + model.dimension();
    }
}
