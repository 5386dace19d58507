#!/usr/bin/env python3
"""Which CVEs a kernel has by version, from the CNA's tree: an implementation of its own to compare with.

usage: verdicts.py TREE.tar[.xz|.gz] VERSION...

Prints a line for each kernel, way of reading and CVE that is affected: the version, "dyad" or "json", and the CVE.
Rejected records are left out. Shares no code and no idea with the library: it looks at the spans of a record one by
one, and at the pairs of a .dyad as a set of commits that a kernel has.
"""
import json
import sys
import tarfile


def numbers(text):
    return tuple(int(part) for part in text.split("-")[0].split("."))


def branch(version):
    return version[:3] if version[0] < 3 else version[:2]


def is_mainline(version):
    return len(version) == len(branch(version))


def has(kernel, version):
    """Whether a kernel has what first came in a version."""
    if is_mainline(version):
        return version <= branch(kernel)
    return branch(version) == branch(kernel) and version <= kernel


def by_dyad(text, kernel):
    last = None
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        bug, _, fix, _ = line.split(":")
        bug_at = (0,) if bug == "0" else numbers(bug)
        bug_here = bug == "0" or has(kernel, bug_at)
        fix_here = fix != "0" and has(kernel, numbers(fix))
        if bug_here and not (fix_here and numbers(fix) == bug_at):
            last = max(last, (bug_at, 1)) if last else (bug_at, 1)
        if fix_here:
            last = max(last, (numbers(fix), 0)) if last else (numbers(fix), 0)
    return last is not None and last[1] == 1


def matches(entry, kernel):
    start = entry["version"]
    if start != "0" and kernel < numbers(start):
        return False
    if "lessThan" in entry:
        return kernel < numbers(entry["lessThan"])
    if "lessThanOrEqual" in entry:
        end = entry["lessThanOrEqual"]
        if end == "*":
            return True
        if end.endswith(".*"):
            return branch(kernel) == numbers(end[:-2])
        return kernel <= numbers(end)
    return numbers(start) == kernel


def by_json(record, kernel):
    for product in record["containers"]["cna"].get("affected", []):
        if product.get("vendor") != "Linux" or product.get("product") != "Linux":
            continue
        spans = [v for v in product.get("versions", []) if v.get("versionType") != "git"]
        if product.get("defaultStatus") == "affected":
            verdict = next((v["status"] for v in spans if matches(v, kernel)), "affected")
            if verdict == "affected":
                return True
        elif any(v["status"] == "affected" and matches(v, kernel) for v in spans):
            return True
    return False


def main():
    kernels = [(text, numbers(text)) for text in sys.argv[2:]]
    found = []
    with tarfile.open(sys.argv[1]) as tree:
        for member in tree:
            if "/published/" not in member.name or not member.isfile():
                continue
            cve = member.name.rsplit("/", 1)[1].rsplit(".", 1)[0]
            if member.name.endswith(".dyad"):
                text = tree.extractfile(member).read().decode()
                found += [(name, "dyad", cve) for name, kernel in kernels if by_dyad(text, kernel)]
            elif member.name.endswith(".json"):
                record = json.load(tree.extractfile(member))
                found += [(name, "json", cve) for name, kernel in kernels if by_json(record, kernel)]
    for line in sorted(found):
        print(*line)


if __name__ == "__main__":
    main()
