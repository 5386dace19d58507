"""Builds livepatches of real fixes with a real tool, and checks each of them.

usage: lab/run kpatch|klp [--limit N] [--fix CVE]... [--parallel N] [--ready]
       lab/run kpatch|klp --cold | --bare | --pair | --cumulative | --faults
                          [--limit N] [--fix CVE]...
       lab/run kpatch|klp --help

Without one of the second line: builds the reversed fixes of lab/vulnerable one by
one on its tree, through `examples/tuxtape build`, also those that lint calls
impossible, and prints a table. Each module is held against what it says of
itself: vermagic, livepatch, and the functions of report and manifest against
those inside.

  --limit N     at most N fixes, the newest first
  --fix CVE     this one; may be repeated
  --parallel N  N builds at once, each on a clone of the tree
  --ready       exit with 3 where it would take long: tools or kernel are not in
                the cache, or the tool has never built in its tree
  --cold        the first build on a tree that was never built in, then the same
                and others on it: what a warm tree saves
  --bare        each fix with the tool alone as well: what the library costs
  --pair        two builds at once, on clones, against one after the other
  --cumulative  15 fixes and two bad ones in one module
  --faults      kills the tool, and fills the disk, in each phase

What a run leaves is in $TUXTAPE_LAB/livepatches/TOOL, by default below
~/.cache/tuxtape-lab: the lines of the command as JSON, the store, the logs.

exit status: 0 all went as it should (a fix that is not built, but says why, is
no fault), 1 something is wrong, 2 usage, 3 tools or kernel are missing
"""

import argparse
import os
import sys

from faults import cumulative, faults
from kernel import Builder, Kernel, ask, give_up
from measures import bare, cold, pair
from table import report

WAYS = {"cold": cold, "bare": bare, "pair": pair, "cumulative": cumulative, "faults": faults}


def one_by_one(builder, fixes, parallel):
    builder.forget()
    return report(builder.build(fixes, "--parallel", str(parallel)), builder.kernel.release())


def main(tool, *arguments):
    parser = argparse.ArgumentParser(prog=f"lab/run {tool}", usage="%(prog)s [OPTION]..., see --help", add_help=False,
                                     allow_abbrev=False)
    parser.add_argument("--help", action="store_true")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--fix", action="append", default=[])
    parser.add_argument("--parallel", type=int, default=1)
    parser.add_argument("--ready", action="store_true")
    for way in WAYS:
        parser.add_argument(f"--{way}", dest="way", action="store_const", const=way)
    wanted = parser.parse_args(arguments)
    if wanted.help:
        print(__doc__.strip())
        return True
    offline = ["--offline"] if wanted.ready else []
    prefix = ask("tools", *offline)
    kernel = Kernel(ask("vulnerable", *offline, *(["--klp"] if tool == "klp" else [])))
    unknown = [cve for cve in wanted.fix if cve not in kernel.fixes]
    if unknown:
        give_up(2, f"{', '.join(unknown)} is not reversed in {kernel.home}, see its fixes.tsv")
    fixes = [kernel.fixes[cve] for cve in wanted.fix or kernel.fixes][:wanted.limit]
    lab = os.path.realpath(os.environ.get("TUXTAPE_LAB") or os.path.expanduser("~/.cache/tuxtape-lab"))
    home = os.path.join(lab, "livepatches", tool)
    os.makedirs(home, exist_ok=True)
    builder = Builder(kernel, tool, prefix, home)
    if wanted.ready and not builder.is_warm():
        give_up(3, f"{tool}-build has not built in {kernel.tree} yet: `lab/run {tool} --limit 1` makes it warm")
    if wanted.way:
        return WAYS[wanted.way](builder, fixes)
    return one_by_one(builder, fixes, wanted.parallel)


sys.exit(0 if main(*sys.argv[1:]) else 1)
