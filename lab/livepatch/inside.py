"""What a livepatch module holds, held against what is said of it."""
import hashlib
import re
import subprocess

# Where a module has its array of patched functions: section, size of an entry, offset of the new function in it.
ARRAYS = {".rela.kpatch.funcs": (56, 0), ".rela.init.klp_funcs": (24, 8)}


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def patched_functions(ko):
    """The names of the functions that a module patches, as the relocations of its array have them."""
    names, array = set(), None
    for line in output("readelf", "--wide", "--relocs", ko).splitlines():
        heading = re.match(r"Relocation section '(.*?)'", line)
        entry = re.match(r"([0-9a-f]+) +[0-9a-f]+ R_\S+ +[0-9a-f]+ +(\S+)", line)
        if heading:
            array = ARRAYS.get(heading.group(1))
        elif entry and array and int(entry.group(1), 16) % array[0] == array[1]:
            names.add(entry.group(2).removeprefix(".text."))
    return names


def stanza(file):
    """The fields of a manifest: further lines of a value begin with white space."""
    fields, field = {}, None
    with open(file, encoding="utf-8") as lines:
        for line in lines:
            if line[0].isspace():
                fields[field].append(line.strip())
            else:
                field, _, value = line.partition(":")
                fields[field] = [value.strip()] if value.strip() else []
    return fields


def wrong_with(line, release):
    """What is not as it should be with the module of a line of `tuxtape build`, as sentences."""
    ko = line["module"]
    info = {field: output("modinfo", "-F", field, ko).strip() for field in ("vermagic", "livepatch", "name")}
    inside = patched_functions(ko)
    manifest = stanza(line["manifest"])
    with open(ko, "rb") as module:
        digest = hashlib.sha256(module.read()).hexdigest()
    claims = [
        ("the module's release", info["vermagic"].split()[0], release),
        ("the module's livepatch", info["livepatch"], "Y"),
        ("the module's name", info["name"], line["name"]),
        ("the reported functions", {function["name"] for function in line["functions"]}, inside),
        ("the manifest's functions", {function.split()[1] for function in manifest["Functions"]}, inside),
        ("the manifest's name", manifest["Name"], [info["name"]]),
        ("the manifest's digest", manifest["SHA-256"], [digest]),
        ("the manifest's release", manifest["Release"], [release]),
        ("the manifest's vermagic", manifest["Vermagic"], [info["vermagic"]]),
    ]
    wrong = [f"{what}: {claimed}, not {expected}" for what, claimed, expected in claims if claimed != expected]
    return wrong if inside else [*wrong, "nothing is patched by it"]
