# Functions for reading C: enough for files as those of the small tree, of our own making.

# Takes comments out of a line. IN_COMMENT is carried from line to line.
function without_comments(line,    out, p, q) {
	out = ""
	while (line != "") {
		if (IN_COMMENT) {
			p = index(line, "*/")
			if (!p) return out
			line = substr(line, p + 2)
			IN_COMMENT = 0
			continue
		}
		p = index(line, "/*")
		q = index(line, "//")
		if (q && (!p || q < p)) return out substr(line, 1, q - 1)
		if (!p) return out line
		out = out substr(line, 1, p - 1)
		line = substr(line, p + 2)
		IN_COMMENT = 1
	}
	return out
}

function squeezed(text) {
	gsub(/[ \t]+/, " ", text)
	sub(/^ /, "", text)
	sub(/ $/, "", text)
	return text
}

# Adds the sizes of a header's structures to SIZE: eight bytes a member.
function read_header(file,    line, name, inside, kept) {
	kept = IN_COMMENT
	IN_COMMENT = 0
	while ((getline line < file) > 0) {
		line = squeezed(without_comments(line))
		if (line ~ /^struct [a-z_0-9]+ \{/) {
			name = line
			sub(/^struct /, "", name)
			sub(/ .*/, "", name)
			SIZE[name] = 0
			inside = 1
			sub(/^[^{]*\{/, "", line)
		}
		if (inside) {
			if (line ~ /^\}/) inside = 0
			else SIZE[name] += 8 * gsub(/;/, ";", line)
		}
	}
	close(file)
	IN_COMMENT = kept
}
