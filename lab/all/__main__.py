"""The whole way on real CVEs: from announcements to live patches that the kernel confirms.

usage: lab/run all [--pair] [--limit N] [--cve ID]... [--seed N] [--fresh]
       lab/run all --kills N [--pair] [--limit N] [--cve ID]... [--seed N]
       lab/run all --help

Makes the kernel of lab/vulnerable, in which real fixes are reversed. Then, through
the library: judges each of their CVEs by version and by source, looks at its fix,
builds a livepatch of it, builds one of all that fit together, boots the kernel and
loads each, has the kernel confirm it, and takes it out again. Prints a table, and
writes it as text and JSON.

  --pair     instead, the oldest kernel that apt offers of its newest complete
             series, with the newest for the fixed one: a fix is then what differs
             in the files of a CVE, with whatever else changed there
  --limit N  at most N CVEs, drawn by the seed
  --cve ID   this one; may be repeated
  --seed N   what --limit draws, and the order of the work; default 0
  --fresh    forgets what an earlier run with the same selection has found
  --kills N  does all of it twice, undisturbed and killed at N random moments
             (with all that it started, or its first process alone), and holds
             the two reports against each other

A run that was ended, however that was, goes on where it was when it is started
again in the same way; one that came to its end prints its report again.

What a run leaves is in $TUXTAPE_LAB/all, by default below ~/.cache/tuxtape-lab: a
folder per kernel and selection with report.txt, report.json and what they were
made of, and a store of modules that all of them share.

Fixes that somebody has adapted by hand, as an overlay of `tuxtape build --overlay`,
are taken from the folder that $TUXTAPE_OVERLAY names, if it names one.

exit status: 0 done, and every module that was built was confirmed by the kernel;
1 something is wrong; 2 usage; 3 tools, kernel or records are missing
"""

import argparse
import sys

import kills
import report
import way
from selection import Selection


def main(arguments):
    parser = argparse.ArgumentParser(prog="lab/run all", usage="%(prog)s [OPTION]..., see --help", add_help=False,
                                     allow_abbrev=False)
    parser.add_argument("--help", action="store_true")
    parser.add_argument("--pair", action="store_true")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--cve", action="append", default=[])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--kills", type=int)
    parser.add_argument("--folder")  # where all of a run is kept, with nothing shared; for --kills
    wanted = parser.parse_args(arguments)
    if wanted.help:
        print(__doc__.strip())
        return True
    selection = Selection(wanted.pair, wanted.limit, tuple(sorted(wanted.cve)), wanted.seed)
    if wanted.kills:
        return kills.kills(wanted.kills, wanted.seed, selection.words())
    return report.show(way.go(selection, wanted.fresh, wanted.folder))


sys.exit(0 if main(sys.argv[1:]) else 1)
