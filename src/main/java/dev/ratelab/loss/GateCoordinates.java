package dev.ratelab.loss;

import dev.ratelab.model.ParameterKind;
import java.util.List;

/**
 * What the coordinates of a gate in one form mean.
 *
 * @param form the form
 * @param kinds their kinds
 * @param mass index of the coordinate that stands for the mass of an atom; -1 if there is none
 * @param alignment which of them can be translated
 */
record GateCoordinates(GateForm form, List<ParameterKind> kinds, int mass, TranslationAlignment alignment) {

    /** Whether a kind is the coordinate that stands for the mass of an atom, and nothing else. */
    boolean isMass(ParameterKind kind) {
        return kind.length() == 1 && kind.offset() == mass;
    }
}
