package dev.ratelab.study;

import dev.ratelab.data.Truth;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;

/**
 * All coordinates of a fit but sample size and seed. Settings are equal if their ids are, which hold all of it.
 *
 * @param id readable name and a hash of the study's identity and the other components, such as
 *     {@code softmax-linear-density-k3-1a2b3c4d}
 * @param gate the fitted gate
 * @param expert the fitted expert family
 * @param fittedExperts number of fitted experts k, at least 1
 * @param startRadiusFactor multiplies the radii of the starts near the truth; positive. 1 in a base setting; its other settings
 *     tell whether results depend on where fits start
 * @param path where the truth is at each sample size
 */
public record Setting(
        String id, Gate gate, Expert expert, int fittedExperts, double startRadiusFactor, TruthPath path) {

    /** A base setting with a fixed truth. */
    public Setting(String id, Gate gate, Expert expert, int fittedExperts) {
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
                gate,
                expert,
                truth.model().noise(),
                fittedExperts,
                truth.model().dimension());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Setting setting && id.equals(setting.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
