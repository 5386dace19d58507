package org.tuxtape.kpatch.internal.diagnosis;

/** Errors that create-diff-object and create-klp-module find in themselves, or in the files between them. */
final class KpatchInternals {
    static final String TEXT = "(?:"
            // what the C library and libelf refuse
            + "(?:malloc|realloc|strdup|strndup|fopen|open|creat|status_str|scn NULL|expected NULL|elf_\\w+|gelf_\\w+"
            + "|find_rela_by_offset|find_section_by_name)(?: table\\S*)?$"
            // what an object lacks
            + "|(?:missing|can't find|could not find|could not lookup|couldn't find) (?:\\.|rela |symbol table|func for"
            + "|base section|section for symbol|extended section index)"
            // what does not add up
            + "|\\.toc entry not found|\\.orc_unwind|bad (?:section size|ORC_STRUCT_SIZE|\\.orc_unwind size)"
            + "|\\w+_STRUCT_SIZE not set|BUG: |(?:shstrtab|strtab) size mismatch|size mismatch in "
            + "|number of krelas and ksyms|bundle mismatch for symbol |sections \\S+ and \\S+ aren't correlated"
            + "|symbol \\S+ at offset \\d+ within section |failed to find parent function for |group section not found"
            + "|base sec of kpatch_arch entry|expected (?:function|bundled) symbol|error finding or adding "
            + "|(?:name|objname) of ksym not found|got R_X86_64_64 dynrela|unknown symbol (?:type|bind) "
            + "|Module\\.symvers: invalid format|KPATCH_IGNORE_SECTION: can't find )";

    private KpatchInternals() {}
}
