package dev.ratelab.study;

import dev.ratelab.data.Truth;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;

/**
 * All coordinates of a fit but sample size and seed.
 *
 * @param id readable name and a hash of the study's identity and the other components, such as
 *     {@code softmax-linear-density-k3-1a2b3c4d}
 * @param gate id of the fitted gate
 * @param expert id of the fitted expert family
 * @param fittedExperts number of fitted experts k, at least 1
 * @param startRadiusFactor multiplies the radii of the starts near the truth; positive. 1 in a base setting; its other settings
 *     tell whether results depend on where fits start
 * @param path where the truth is at each sample size
 */
public record Setting(
        String id, String gate, String expert, int fittedExperts, double startRadiusFactor, TruthPath path) {

    /** A base setting with a fixed truth. */
    public Setting(String id, String gate, String expert, int fittedExperts) {
        this(id, gate, expert, fittedExperts, 1, TruthPath.FIXED);
    }

    public Setting {
        if (fittedExperts < 1) {
            throw new IllegalArgumentException("fitted-experts = " + fittedExperts + " must be at least 1");
        }
    }

    /** The fitted family for data of a truth. */
    public MixtureOfExperts model(Truth truth) {
        return new MixtureOfExperts(
                Gates.of(gate),
                Experts.of(expert),
                truth.model().noise(),
                fittedExperts,
                truth.model().dimension());
    }
}
