# Compares two objects as objtool does: says what it finds, and writes PARENT FUNCTION a line to the file OUT. Exit status 0
# unless it cannot be patched.

function fail(text) {
	print object ": error: objtool: " text > "/dev/stderr"
	exit 1
}

FNR == NR {
	text[$1, $2] = $4
	size[$1, $2] = $3
	next
}

$1 == "data" && ($1, $2) in text && (text[$1, $2] != $4 || size[$1, $2] != $3) && wrong == "" {
	wrong = "changed data: " $2
}

$1 == "function" && !(($1, $2) in text) {
	added[++new] = $2
}

$1 == "function" && ($1, $2) in text && text[$1, $2] != $4 {
	changed[++count] = $2
}

$1 == "key" {
	key[$2] = $3
}

END {
	if (wrong != "") fail(wrong)
	for (i = 1; i <= new; i++) print object ": new function: " added[i]
	for (i = 1; i <= count; i++) print object ": changed function: " changed[i]
	fflush()
	for (i = 1; i <= count; i++)
		if (changed[i] in key)
			fail(changed[i] "+0x1c: unsupported static branch key " key[changed[i]] ".  Use static_key_enabled() instead")
	for (i = 1; i <= count; i++) print parent, changed[i] > out
}
