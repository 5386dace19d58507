# Writes 64 bit ELF files, as octal escapes for printf(1): awk itself cannot be trusted with zero bytes. To be run with
# LC_ALL=C.

# Every variable gets a value before it is appended to: gawk 5.2 breaks where a function does that to one without.
function start(    i) {
	COUNT = 0
	for (i = 1; i < 256; i++) ESCAPED[sprintf("%c", i)] = sprintf("\\%03o", i)
	section("", 0, 0, 0, 0, "")
}

function text(string,    out, i) {
	out = ""
	for (i = 1; i <= length(string); i++) out = out ESCAPED[substr(string, i, 1)]
	return out
}

function strings(string) {
	return text(string) "\\000"
}

# A number in so many bytes, the lowest first.
function number(value, bytes,    out) {
	for (out = ""; bytes > 0; bytes--) {
		out = out sprintf("\\%03o", value % 256)
		value = int(value / 256)
	}
	return out
}

function word(value) {
	return number(value, 8)
}

function size(bytes) {
	return length(bytes) / 4
}

# R_X86_64_64
function relocation(offset, symbol, addend) {
	return word(offset) number(1, 4) number(symbol, 4) word(addend)
}

function symbol(name, info, where) {
	return number(name, 4) number(info, 1) number(0, 1) number(where, 2) word(0) word(0)
}

# Adds a section and returns its number. Types: 1 bits, 2 symbols, 3 strings, 4 relocations. Flags: 2 to be loaded.
function section(name, type, flags, link, info, bytes) {
	NAME[COUNT] = name
	TYPE[COUNT] = type
	FLAGS[COUNT] = flags
	LINK[COUNT] = link
	INFO[COUNT] = info
	BYTES[COUNT] = bytes
	return COUNT++
}

# Prints the file. Types: 1 relocatable, 2 executable.
function finish(type,    i, names, place, at, table, content) {
	section(".shstrtab", 3, 0, 0, 0, "")
	names = table = content = ""
	for (i = 0; i < COUNT; i++) {
		place[i] = size(names)
		names = names strings(NAME[i])
	}
	BYTES[COUNT - 1] = names
	at = 64
	for (i = 0; i < COUNT; i++) {
		table = table number(place[i], 4) number(TYPE[i], 4) word(FLAGS[i]) word(0) word(i ? at : 0) \
			word(size(BYTES[i])) number(LINK[i], 4) number(INFO[i], 4) word(1) word(TYPE[i] == 2 || TYPE[i] == 4 ? 24 : 0)
		content = content BYTES[i]
		at += size(BYTES[i])
	}
	printf "%s", number(127, 1) text("ELF") number(2, 1) number(1, 1) number(1, 1) word(0) number(0, 1) \
		number(type, 2) number(62, 2) number(1, 4) word(0) word(0) word(at) number(0, 4) number(64, 2) \
		number(0, 2) number(0, 2) number(64, 2) number(COUNT, 2) number(COUNT - 1, 2) content table
}
