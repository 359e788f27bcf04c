package dev.ratelab.diagnose;

/** The sets of functions whose linear independence decides about rates. */
public enum FunctionSet {
    /** First derivatives of the model, translations of the gate taken out: exactly specified fits are root-n if independent. */
    EXACT("exact"),
    /** The same with every declared invariance taken out. */
    QUOTIENT("exact-quotient"),
    /** First derivatives and those second derivatives that split cells add: rates of 1/4 in over-specified fits if independent. */
    SPLIT("second-order"),
    /** First and second derivatives of gate times expert for each atom: algebraic independence of router and expert. */
    PRODUCT("gate-times-expert"),
    /** Strong identifiability of the experts alone, as papers define it. */
    STRONG("expert-strong"),
    /** First derivatives of the experts alone. */
    WEAK("expert-first-order");

    private final String text;

    FunctionSet(String text) {
        this.text = text;
    }

    /** The name in tables. */
    public String text() {
        return text;
    }
}
