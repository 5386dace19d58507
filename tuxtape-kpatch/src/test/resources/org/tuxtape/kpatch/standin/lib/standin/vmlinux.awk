# Writes an image of a kernel: its banner, its compiler, and the names of what kpatch-build looks for in its debug
# information. Variables: banner, compiler, debug (empty for none) and linked, which makes two images differ.

BEGIN {
	start()
	section(".rodata", 1, 2, 0, 0, strings(banner) strings(linked))
	section(".comment", 1, 0, 0, 0, strings("GCC: " compiler))
	if (debug != "") {
		section(".debug_info", 1, 0, 0, 0, word(0))
		section(".debug_str", 1, 0, 0, 0, strings("alt_instr") strings("bug_entry") \
			strings("exception_table_entry") strings("jump_entry") strings("orc_entry") strings("static_call_site"))
	}
	finish(2)
}
