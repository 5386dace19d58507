"""What a run found, as a table, as totals, and as JSON."""
import json
import os
from collections import Counter

SAID = "outcome", "class", "object", "function", "place", "remedy", "reason"
STORED = "It was in the store already."
WIDTHS = 15, 13, 13, 10, 34, 6, 8, 12


def print_row(out, *cells):
    *columns, last = cells
    out.append("  ".join([f"{cell:<{width}}" for cell, width in zip(columns, WIDTHS)] + [last]).rstrip())


def deciding(verdict):
    """What of a verdict's evidence decided it."""
    steps = [step for step in verdict.get("evidence", []) if step.get("decides") == verdict["status"]]
    return steps[-1] if steps else {}


def live(line, found, before):
    """What became of a module in the guest; `before` is the verdict without it."""
    proof = found["proofs"].get(line["name"], {})
    states = {key: {each["state"] for each in proof.get(key, [])} for key in ("inForce", "afterwards")}
    patched = {each["name"]: each.get("patched") for each in proof.get("shown", {}).get("objects", [])}
    is_fixed = states["inForce"] == {"fixed"} and patched and all(patched.values())
    return {
        "loaded": proof.get("load", {}).get("outcome", proof.get("fault")),
        "patched": patched,
        "verdictAfter": "fixed" if is_fixed else before,
        "verdictAfterUnload": before if states["afterwards"] == {"not_fixed"} else "unknown",
        "proven": proof.get("proven", False),
        "sha256": proof.get("sha256"),
    }


def outcome(line):
    """How a build ended, without anything that differs between two equal runs."""
    said = {key: line[key] for key in SAID if line.get(key)}
    remarks = [remark for remark in line.get("remarks", []) if remark != STORED]
    if remarks:
        said["remarks"] = remarks
    return said | {"functions": sorted(f"{each['object']} {each['name']}" for each in line.get("functions", []))}


def row(cve, found):
    """What became of one CVE."""
    version = found["verdicts"]["version"].get(cve, {"status": "unknown"})
    source = found["verdicts"]["source"].get(cve, {"status": "unknown"})
    fix = next(line for line in found["fixes"] if line["cve"] == cve)
    lint = fix.get("lint", {})
    row = {
        "cve": cve,
        "byVersion": version["status"],
        "bySource": source["status"],
        "decidedBy": deciding(source).get("rung"),
        "why": deciding(source).get("reason"),
        "fix": fix.get("commits", []),
        "lint": lint.get("verdict"),
        "lintCodes": sorted({finding["code"] for finding in lint.get("findings", [])}),
        **outcome(fix),
    }
    if fix["outcome"] == "built":
        row |= live(fix, found, source["status"])
    adapted = next((line for line in found["adapted"] if line["cve"] == cve), None)
    if adapted:
        row["adapted"] = {"why": adapted["why"], **outcome(adapted)}
        if adapted["outcome"] == "built":
            row["adapted"] |= live(adapted, found, source["status"])
    return row


def foretold(row):
    """Whether it was said before the build that nothing would change."""
    return row["bySource"] == "not_affected" or row["lint"] == "no_effect"


def totals(rows):
    """The figures, as pairs of what is counted and what it is counted among."""
    unchanged = [row for row in rows if row["outcome"] == "no_change"]
    changing = [row for row in rows if row["outcome"] not in ("missing", "no_change")]
    running = [row for row in changing if not needless(row)]
    built = [row for row in changing if row["outcome"] == "built"]
    proven = [row for row in built if row["proven"]]
    adapted = [row for row in changing if row.get("adapted", {}).get("proven")]
    return {
        "the version alone calls fixed": (sum(row["byVersion"] == "fixed" for row in rows), len(rows)),
        "of those the source calls affected or not affected":
            (sum(row["byVersion"] == "fixed" and row["bySource"] in ("affected", "not_affected") for row in rows),
             sum(row["byVersion"] == "fixed" for row in rows)),
        "have a fix here": (len(unchanged) + len(changing), len(rows)),
        "change nothing that is built": (len(unchanged), len(rows)),
        "of those told beforehand": (sum(map(foretold, unchanged)), len(unchanged)),
        "wrongly said to change nothing": (sum(map(foretold, changing)), len(changing)),
        "change built code, and were built": (len(built), len(changing)),
        "change built code, and were proven live": (len(proven), len(changing)),
        "change code that can still run, and were proven live": (len(proven), len(running)),
        "the same with fixes that were adapted": (len(proven) + len(adapted), len(running)),
        "not proven, and told beforehand that they would not be":
            (sum(row["lint"] in ("impossible", "refused") for row in changing if row not in proven),
             len(changing) - len(proven)),
    }


def needless(row):
    """Whether all that a fix changes is gone when the kernel runs: code that runs at boot, or programs of the build."""
    return row["outcome"] != "built" and bool({"init_only", "host_tool"} & set(row["lintCodes"]))


def cumulative(found):
    whole = next((line for line in found["cumulative"] if line["kind"] != "fix"), None)
    if not whole:
        return None
    left_out = {line["cve"]: line.get("reason") or line.get("class") for line in found["cumulative"]
                if line["kind"] == "fix" and line["outcome"] == "left_out"}
    proof = found["proofs"].get(whole.get("name"), {})
    return {"outcome": whole["outcome"], "included": whole.get("included"), "fixes": whole.get("fixes"),
            "leftOut": left_out, "proven": proof.get("proven", False),
            "fixed": sum(each["state"] == "fixed" for each in proof.get("inForce", []))}


def wrong(rows):
    """What must not be, as sentences."""
    for row in rows:
        for each in row, row.get("adapted", {}):
            if each.get("outcome") == "built" and not each["proven"]:
                yield f"{row['cve']} was built, and the kernel did not confirm it: {each['loaded']}"
        if row["outcome"] == "failed" and row.get("class") == "unclassified":
            yield f"nobody knows why the build of {row['cve']} failed"
        if row["outcome"] == "failed" and not row.get("remedy"):
            yield f"there is no remedy for {row['cve']}"
        if row["outcome"] != "no_change" and foretold(row):
            yield f"{row['cve']} was said to change nothing"


def text(found, rows, together, faults):
    out = [found["kernel"], ""]
    print_row(out, "CVE", "by version", "by source", "lint", "build", "loaded", "patched", "after, unload",
              "functions, or why not")
    for row in rows:
        outcome = row["outcome"] + (f" ({row['class']})" if "class" in row else "")
        print_row(out, row["cve"], row["byVersion"], row["bySource"], row["lint"] or "-", outcome,
                  "yes" if row.get("loaded") == "completed" else "-",
                  "1" if row.get("patched") and all(row["patched"].values()) else "-",
                  f"{row['verdictAfter']}, {row['verdictAfterUnload']}" if "verdictAfter" in row else "-",
                  " ".join(function.split()[-1] for function in row["functions"]) or row.get("remedy")
                  or row.get("reason") or "")
    out.append("")
    for what, (count, among) in totals(rows).items():
        out.append(f"{count:4} of {among:4}  {100 * count / among if among else 0:5.1f} %  {what}")
    out.append("")
    for (outcome, name), count in sorted(Counter((row["outcome"], row.get("class", "")) for row in rows).items()):
        out.append(f"{count:4}  {outcome} {name}".rstrip())
    if together:
        out += ["", f"one patch: {together['outcome']}, {together['included']} of {together['fixes']} fixes in it, "
                    f"{together['fixed']} of them confirmed by the kernel"]
        out += [f"  left out: {cve}: {reason}" for cve, reason in together["leftOut"].items()]
    for row in rows:
        if "adapted" in row:
            end = "proven" if row["adapted"].get("proven") else row["adapted"]["outcome"]
            out += ["", f"{row['cve']}, adapted: {end}. {row['adapted']['why']}"]
    for row in rows:
        if row["outcome"] == "built" and "remarks" in row:
            out += ["", f"{row['cve']}: {' '.join(row['remarks'])}"]
    out += [f"WRONG: {fault}" for fault in faults]
    return "\n".join(out) + "\n"


def show(result):
    """Prints and keeps the report; whether all is as it should be."""
    found, folder = result
    rows = [row(cve, found) for cve in found["cves"]]
    together, faults = cumulative(found), list(wrong(rows))
    whole = {"kernel": found["kernel"], "totals": totals(rows), "cumulative": together, "wrong": faults, "cves": rows}
    for name, content in (("report.json", json.dumps(whole, indent=1) + "\n"),
                          ("report.txt", text(found, rows, together, faults))):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(content)
    print(text(found, rows, together, faults), end="")
    print(f"\nkept in {folder}")
    return not faults
