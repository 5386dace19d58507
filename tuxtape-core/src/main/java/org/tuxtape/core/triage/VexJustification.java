package org.tuxtape.core.triage;

/**
 * Why a kernel is {@link VexStatus#NOT_AFFECTED}, in the words of VEX.
 *
 * @since 0.1
 */
public enum VexJustification {
    /** The component is not part of the product. */
    COMPONENT_NOT_PRESENT("component_not_present"),
    /** The component is there, the vulnerable code in it is not. */
    VULNERABLE_CODE_NOT_PRESENT("vulnerable_code_not_present"),
    /** The vulnerable code is there and is never run. */
    VULNERABLE_CODE_NOT_IN_EXECUTE_PATH("vulnerable_code_not_in_execute_path"),
    /** The vulnerable code runs, and no attacker can steer it. */
    VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY("vulnerable_code_cannot_be_controlled_by_adversary"),
    /** Something built in keeps the vulnerability from being used. */
    INLINE_MITIGATIONS_ALREADY_EXIST("inline_mitigations_already_exist");

    private final String text;

    VexJustification(String text) {
        this.text = text;
    }

    /** Returns the word that VEX documents use. */
    @Override
    public String toString() {
        return text;
    }
}
