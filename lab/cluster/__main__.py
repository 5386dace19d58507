"""Builds a livepatch on a real Slurm and over a real ssh, and compares with a build here.

usage: lab/run cluster [--fix CVE] [--ready]
       lab/run cluster --help

Starts a Slurm of one node (slurmctld, slurmd, munged) and an sshd on loopback,
with configurations, keys and ports of their own, and builds one fix of
lab/vulnerable: here, as a job through `srun`, and through `ssh` with
examples/cluster/over. All three have to give the same module, byte for byte.
Then for both of the latter: the build is cancelled, which has to end the job and
leave the tree as it was; and the node is killed in the middle, which has to be
told as a failure of a known class. Everything that was started is ended at the
end.

  --fix CVE     this one; default: the first that changes one C file of vmlinux
  --ready       exit with 3 where it would take long: tools or kernel are not in
                the cache, or the tool has never built in its tree

exit status: 0 all went as it should, 1 something is wrong, 2 usage, 3 tools,
kernel or packages are missing
"""
import argparse
import os
import subprocess
import sys
import time

from faults import disturbed_in
from inside import stanza
from kernel import Builder, Kernel, ask, give_up, note
from measures import targets
from servers import Servers, Slurm, Ssh, end_on_signals
from table import complain, outcome, print_row

MIDDLE = "Building patched source"


class RemoteBuilder(Builder):
    """The same builds behind a wrapper."""

    def __init__(self, here, name, place):
        super().__init__(here.kernel, here.tool, here.prefix, os.path.join(here.home, name))
        self.place = place
        os.makedirs(self.home, exist_ok=True)

    def command(self, fixes, *options):
        return super().command(fixes, "--wrapper", " ".join(self.place.wrapper()), *options)

    def at_work(self):
        """Processes that work in the tree, and the jobs of the cluster."""
        found = self.place.jobs()
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/cmdline", "rb") as line:
                    if b"kpatch-build\0--sourcedir\0" + os.fsencode(self.tree) in line.read():
                        found.append(pid)
            except OSError:
                continue
        return found


def built(builder, fix):
    """The line of a build, and the digest of its module, if it has one."""
    builder.forget()
    line = next(builder.build([fix]))
    return line, stanza(line["manifest"])["SHA-256"][0] if line["outcome"] == "built" else None


def cancelled(builder, fix):
    """The line of a build that gets a Ctrl-C in the middle, and the seconds until the job was gone after it."""
    builder.forget()
    command = builder.command([fix], "--verbose")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        for line in process.stderr:
            if MIDDLE in line:
                process.send_signal(2)
                break
        start = time.monotonic()
        process.communicate()
    left = builder.at_work()
    while left and time.monotonic() - start < 20:
        time.sleep(0.2)
        left = builder.at_work()
    return process.returncode, time.monotonic() - start, left


def single_object(builder):
    for fix in builder.kernel.fixes.values():
        if len(targets(builder, fix)) == 1:
            return fix
    return give_up(1, "no fix changes one C file of vmlinux alone")


def look(name, builder, fix, expected):
    """All that is asked of one way to another node; whether it is as it should be."""
    good = True

    def row(what, result, seconds, remark, holds):
        nonlocal good
        good &= holds
        print_row(name, what, result, f"{seconds:.1f}", remark if holds else f"WRONG: {remark}")

    def same(what):
        line, digest = built(builder, fix)
        row(what, outcome(line), line["seconds"], digest or line.get("remedy", ""),
            digest == expected and not complain(line, builder.kernel.release()))

    same("build")
    before = builder.sources(fix)
    status, seconds, left = cancelled(builder, fix)
    row("cancel", f"exit {status}", seconds, f"at work after it: {left or 'nobody'}", status != 0 and not left)
    builder.forget()
    line = disturbed_in(builder, fix, MIDDLE, builder.place.lose_node)
    row("kill", outcome(line), line.get("seconds", 0), line.get("remedy", ""),
        line["outcome"] == "failed" and line["class"] != "unclassified")
    builder.place.start_node()
    changed = [path for path, digest in builder.sources(fix).items() if before[path] != digest]
    row("source", "changed" if changed else "as before", 0, " ".join(changed), not changed)
    same("again")
    return good


def main(*arguments):
    parser = argparse.ArgumentParser(prog="lab/run cluster", usage="%(prog)s [OPTION]..., see --help", add_help=False,
                                     allow_abbrev=False)
    parser.add_argument("--help", action="store_true")
    parser.add_argument("--fix")
    parser.add_argument("--ready", action="store_true")
    wanted = parser.parse_args(arguments)
    if wanted.help:
        print(__doc__.strip())
        return True
    offline = ["--offline"] if wanted.ready else []
    prefix = ask("tools", *offline)
    kernel = Kernel(ask("vulnerable", *offline))
    lab = os.path.realpath(os.environ.get("TUXTAPE_LAB") or os.path.expanduser("~/.cache/tuxtape-lab"))
    home = os.path.join(lab, "livepatches", "cluster")
    os.makedirs(home, exist_ok=True)
    here = Builder(kernel, "kpatch", prefix, home)
    if wanted.ready and not here.is_warm():
        give_up(3, f"kpatch-build has not built in {kernel.tree} yet: `lab/run kpatch --limit 1` makes it warm")
    if wanted.fix and wanted.fix not in kernel.fixes:
        give_up(2, f"{wanted.fix} is not reversed in {kernel.home}, see its fixes.tsv")
    fix = kernel.fixes[wanted.fix] if wanted.fix else single_object(here)
    end_on_signals()
    note(f"building {os.path.basename(fix)} here")
    line, expected = built(here, fix)
    print_row("where", "what", "outcome", "seconds", "digest, or what is to be done")
    print_row("here", "build", outcome(line), f"{line['seconds']:.1f}", expected or line.get("remedy", ""))
    if not expected:
        give_up(1, "the fix that is to be built elsewhere is not built here; choose another with --fix")
    good = True
    with Servers(os.path.join(lab, "cluster")) as servers:
        for name, start in ("srun", Slurm), ("ssh", Ssh):
            good &= look(name, RemoteBuilder(here, name, start(servers)), fix, expected)
    return good


sys.exit(0 if main(*sys.argv[1:]) else 1)
