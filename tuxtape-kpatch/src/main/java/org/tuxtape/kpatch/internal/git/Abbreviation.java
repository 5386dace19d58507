package org.tuxtape.kpatch.internal.git;

/**
 * The beginning of an id.
 *
 * @param digits 4 to 40 hexadecimal digits in lower case
 */
record Abbreviation(String digits) {

    ObjectName lowest() {
        return ObjectName.parse(digits + "0".repeat(2 * ObjectName.LENGTH - digits.length()));
    }

    boolean matches(ObjectName id) {
        return id.toString().startsWith(digits);
    }
}
