# Writes a livepatch module that patches the functions of its input, PARENT FUNCTION a line. Variables: name, vermagic,
# and tool, kpatch or klp, for the list that each leaves.

BEGIN {
	pool = ""
	functions = 0
	start()
}

!($0 in seen) {
	seen[$0] = 1
	parent[functions] = $1
	called[functions++] = $2
}

END {
	gsub(/-/, "_", name)
	section(".modinfo", 1, 2, 0, 0, strings("license=GPL") strings("livepatch=Y") strings("depends=") \
		strings("name=" name) strings("vermagic=" vermagic))
	section(".gnu.linkonce.this_module", 1, 2, 0, 0, word(0) word(0))
	section(".text", 1, 2, 0, 0, word(0) word(0))
	literals = section(".kpatch.strings", 1, 2, 0, 0, "")
	table = section(".symtab", 2, 0, literals + 2, 1, "")
	section(".strtab", 3, 0, 0, 0, strings(""))
	tool == "klp" ? klp() : kpatch()
	BYTES[literals] = pool
	finish(1)
}

function literal(string) {
	if (!(string in pooled)) {
		pooled[string] = size(pool)
		pool = pool strings(string)
	}
	return pooled[string]
}

function kpatch(    i, list, relocations, funcs) {
	list = relocations = ""
	for (i = 0; i < functions; i++) {
		list = list word(0) word(32) word(0) word(32) word(0) word(0) word(0)
		relocations = relocations relocation(56 * i + 40, 1, literal(called[i])) \
			relocation(56 * i + 48, 1, literal(parent[i]))
	}
	funcs = section(".kpatch.funcs", 1, 2, 0, 0, list)
	section(".rela.kpatch.funcs", 4, 0, table, funcs, relocations)
	BYTES[table] = symbol(0, 0, 0) symbol(0, 3, literals)
}

function klp(    i, j, count, list, relocations, funcs, of, objects, object, at, done) {
	list = relocations = of = object = ""
	objects = at = 0
	funcs = COUNT
	for (i = 0; i < functions; i++) {
		if (parent[i] in done) continue
		done[parent[i]] = 1
		if (parent[i] != "vmlinux") of = of relocation(64 * objects, 1, literal(parent[i]))
		of = of relocation(64 * objects + 8, 2, 24 * at)
		objects++
		count = 0
		for (j = i; j < functions; j++) {
			if (parent[j] != parent[i]) continue
			list = list word(0) word(0) word(0)
			relocations = relocations relocation(24 * at++, 1, literal(called[j]))
			count++
		}
		object = object word(0) word(0) word(0) word(0) word(0) word(0) word(0) word(count)
	}
	section(".init.klp_funcs", 1, 2, 0, 0, list)
	section(".rela.init.klp_funcs", 4, 0, table, funcs, relocations)
	section(".init.klp_objects", 1, 2, 0, 0, object)
	section(".rela.init.klp_objects", 4, 0, table, funcs + 2, of)
	BYTES[table] = symbol(0, 0, 0) symbol(0, 3, literals) symbol(0, 3, funcs)
}
