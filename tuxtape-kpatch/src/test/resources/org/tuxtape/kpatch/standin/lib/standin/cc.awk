# "Compiles" a C file: what is in the object, one thing a line, its fields parted by tabs.
#
#   function NAME FLAGS TEXT     data NAME SIZE TEXT     local FUNCTION NAME -     key FUNCTION NAME -
#
# Errors go to standard error in gcc's words, and the exit status is 1.

BEGIN { head = body = in_function = told = "" }

function fail(line, column, text) {
	if (in_function != "" && in_function != told) {
		print FILENAME ": In function '" in_function "':" > "/dev/stderr"
		told = in_function
	}
	print FILENAME ":" line ":" column ": " text > "/dev/stderr"
	errors++
}

# Every mention of a structure makes the text depend on its size, as the machine code would.
function with_sizes(text,    rest, name, seen) {
	seen = ""
	rest = text
	while (match(rest, /struct [a-z_0-9]+/)) {
		name = substr(rest, RSTART + 7, RLENGTH - 7)
		rest = substr(rest, RSTART + RLENGTH)
		if (name in SIZE) seen = seen " " name "=" SIZE[name]
	}
	return text seen
}

function name_of_function(head) {
	match(head, /[A-Za-z_0-9]+ ?\(/)
	head = substr(head, RSTART, RLENGTH)
	sub(/ ?\($/, "", head)
	return head
}

function name_of_data(head) {
	sub(/ ?[=;{[].*/, "", head)
	sub(/.*[ *]/, "", head)
	return head
}

function function_ends(    flags, rest, name) {
	flags = head ~ /__init/ ? "init" : head ~ /notrace/ ? "notrace" : "-"
	print "function\t" in_function "\t" flags "\t" with_sizes(head body)
	rest = body
	while (match(rest, /static [a-z_ ]+[ *][a-z_0-9]+( = [^;]*)?;/)) {
		name = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		print "local\t" in_function "\t" name_of_data(name) "\t-"
	}
	rest = body
	while (match(rest, /static_branch_(un)?likely\(&[a-z_0-9]+\)/)) {
		name = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		gsub(/.*&|\)/, "", name)
		print "key\t" in_function "\t" name "\t-"
	}
	rest = body
	while (match(rest, /unexported_[a-z_0-9]+/)) {
		print "needs\t" in_function "\t" substr(rest, RSTART, RLENGTH) "\t-"
		rest = substr(rest, RSTART + RLENGTH)
	}
}

function data_ends(    name, size, type) {
	name = name_of_data(head)
	size = 8
	if (match(head, /struct [a-z_0-9]+/)) {
		type = substr(head, RSTART + 7, RLENGTH - 7)
		if (type in SIZE) size = SIZE[type]
	}
	print "data\t" name "\t" size "\t" head body
}

function ends() {
	if (in_function != "") function_ends()
	else if (head !~ /^(struct|union|enum) [a-z_0-9]* ?\{?$/ && head !~ /^[a-z_0-9 *]+\(.*\)( ?[a-z_]+)*;?$/) data_ends()
	head = ""
	body = ""
	in_function = ""
}

{
	line = squeezed(without_comments($0))
	if (line == "") next
	if (line ~ /^#error/) {
		fail(FNR, 2, "error: " line)
		next
	}
	if (line ~ /^# ?include/) {
		header = line
		gsub(/^# ?include ?[<"]|[>"].*/, "", header)
		if ((getline ignored < ("include/" header)) < 0) {
			fail(FNR, 10, "fatal error: " header ": No such file or directory")
			print "compilation terminated." > "/dev/stderr"
			exit 1
		}
		close("include/" header)
		read_header("include/" header)
		next
	}
	if (line ~ /^#/ || line ~ /^(MODULE|EXPORT)_[A-Z_]+\(.*\);$/) next
	if (depth == 0) {
		head = head (head == "" ? "" : " ") line
		if (line !~ /[{;]/) next
		if (head ~ /\(.*\)[^=;]*\{/) {
			in_function = name_of_function(head)
		}
	} else {
		body = body " " line
	}
	while (match(line, /not_declared_[a-z_0-9]+/)) {
		fail(FNR, index($0, "not_declared_"), "error: '" substr(line, RSTART, RLENGTH) \
			"' undeclared (first use in this function)")
		sub(/not_declared_/, "", line)
	}
	depth += gsub(/\{/, "{", line)
	depth -= gsub(/\}/, "}", line)
	if (depth == 0 && line ~ /[;}]$/) ends()
}

END {
	if (depth > 0) fail(FNR, 1, "error: expected declaration or statement at end of input")
	exit errors > 0
}
