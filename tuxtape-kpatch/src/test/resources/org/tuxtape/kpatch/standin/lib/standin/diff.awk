# Compares two objects. What it finds goes to standard error, as the wrapper merges both; the functions to standard
# output: PARENT FUNCTION. Exit status 0 changed, 2 cannot be patched, 3 nothing changed.

function say(text) {
	print object ": " text > "/dev/stderr"
}

function fatal(text) {
	print "ERROR: " object ": " text > "/dev/stderr"
	print "create-diff-object: unreconcilable difference" > "/dev/stderr"
	exit 2
}

{
	thing = $1 "\t" $2 ($1 == "function" || $1 == "data" ? "" : "\t" $3)
}

FNR == NR {
	orig_text[thing] = $4
	orig_field[thing] = $3
	next
}

{
	order[++count] = thing
	kind[thing] = $1
	name[thing] = $2
	field[thing] = $3
	text[thing] = $4
}

END {
	for (i = 1; i <= count; i++) {
		thing = order[i]
		if (kind[thing] == "data" && thing in orig_field && orig_field[thing] != field[thing])
			fatal("object size mismatch: " name[thing])
	}
	for (thing in orig_text) {
		split(thing, part, "\t")
		if (part[1] == "local" && !(thing in text) && ("function\t" part[2]) in text)
			fatal("reference to static local variable " part[3] " in " part[2] " was removed")
	}
	for (i = 1; i <= count; i++) {
		thing = order[i]
		if (kind[thing] == "function") {
			if (!(thing in orig_text)) {
				say("new function: " name[thing])
				added++
			} else if (orig_text[thing] != text[thing]) {
				if (field[thing] == "init") init = 1
				else if (field[thing] == "notrace") untraced[++untraceable] = name[thing]
				else {
					say("changed function: " name[thing])
					print parent, name[thing]
					changed[name[thing]] = 1
				}
			}
		} else if (kind[thing] == "data" && thing in orig_text && orig_text[thing] != text[thing]) {
			sections[++unsupported] = ".data." name[thing]
		}
	}
	for (i = 1; i <= unsupported; i++) say("data section " sections[i] " selected for inclusion")
	if (init) {
		say("changed section .init.text not selected for inclusion")
		unsupported++
	}
	if (unsupported) fatal(unsupported " unsupported section change(s)")
	for (i = 1; i <= untraceable; i++) say("function " untraced[i] " has no fentry/mcount call, unable to patch")
	if (untraceable) fatal(untraceable " function(s) can not be patched")
	for (i = 1; i <= count; i++) {
		thing = order[i]
		if (kind[thing] == "key" && name[thing] in changed) {
			say("Found a jump label at " name[thing] "()+0x1c, using key " field[thing] \
				", which is defined in a module.  Use static_key_enabled() instead.")
			keys++
		}
	}
	if (keys) {
		print "create-diff-object: ERROR: " object ": kpatch_regenerate_special_sections: 2600: Found " keys \
			" unsupported jump label(s) in the patched code. Use static_key_enabled() instead." > "/dev/stderr"
		exit 1
	}
	for (any in changed) exit 0
	exit added ? 0 : 3
}
