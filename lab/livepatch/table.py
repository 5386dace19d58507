"""Lines of `tuxtape build` as rows."""
from inside import wrong_with

WIDTHS = 15, 10, 32, 8
HEADING = "fix", "lint", "outcome", "seconds", "functions, or why not"


def print_row(*cells):
    *columns, last = cells
    print("  ".join([f"{cell:<{width}}" for cell, width in zip(columns, WIDTHS)] + [last[:120]]), flush=True)


def verdict(line):
    return line.get("lint", {}).get("verdict", "-")


def outcome(line):
    return line["outcome"] + (f" ({line['class']})" if "class" in line else "")


def print_line(line):
    functions = " ".join(function["name"] for function in line.get("functions", []))
    print_row(line.get("cve", line.get("name", "")), verdict(line), outcome(line), f"{line.get('seconds', 0):.1f}",
              functions or line.get("reason") or line.get("remedy", ""))


def complain(line, release):
    """Says what is wrong with a line; whether there was something."""
    wrong = wrong_with(line, release) if line["outcome"] == "built" else []
    if line.get("class") == "unclassified":
        wrong.append(f"nobody knows this failure, see {line.get('log')}")
    if line["outcome"] == "built" and verdict(line) == "impossible":
        wrong.append("lint called it impossible")
    for what in wrong:
        print(f"    WRONG: {what}", flush=True)
    return bool(wrong)


def report(lines, release):
    """Prints what comes, and sums of verdicts and outcomes; whether all of it is as it should be."""
    good, counts = True, {}
    print_row(*HEADING)
    for line in lines:
        print_line(line)
        good &= not complain(line, release)
        counts[verdict(line), outcome(line)] = counts.get((verdict(line), outcome(line)), 0) + 1
    print()
    for (lint, result), count in sorted(counts.items()):
        print(f"{count:4}  lint {lint:10}  {result}")
    return good
