"""The stages of the way, each of which is done once."""
import json
import os
import shutil
import subprocess

import guest
import journal
from children import end_with_parent
from kernel import HOME, Kernel, ask, give_up, note
from subjects import Pair, Vulnerable

CORPUS = os.path.realpath(os.environ.get("TUXTAPE_CORPUS") or os.path.join(HOME, "../shared/corpus"))
RECORDS = os.path.join(CORPUS, "vulns.tar.xz")
STATE = "selection.json", "profile", "verdicts.json", "fixes.jsonl", "adapted.jsonl", "cumulative.json", "proofs.jsonl"


class Way:
    """One kernel's way, in a folder that holds what was found so far."""

    def __init__(self, subject, folder, store, prefix):
        self.subject, self.folder, self.store, self.prefix = subject, folder, store, prefix

    def file(self, name):
        return os.path.join(self.folder, name)

    def tuxtape(self, *words):
        """Runs the library's command line; its standard output, line by line."""
        command = [os.path.join(HOME, "examples/tuxtape"), *words]
        with open(self.file("tuxtape.log"), "a", encoding="utf-8") as log, subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=log, text=True, preexec_fn=end_with_parent) as process:
            yield from process.stdout
        if process.returncode not in (0, 1):
            give_up(1, f"tuxtape {words[0]} ended with {process.returncode}, see {self.file('tuxtape.log')}")

    def build(self, *options):
        subject = self.subject
        for line in self.tuxtape("build", "--tree", subject.tree, "--store", self.store, "--vmlinux", subject.vmlinux,
                                 "--tool", "kpatch", "--kpatch-build", os.path.join(self.prefix, "bin/kpatch-build"),
                                 "--format", "json", *options):
            yield json.loads(line)

    # --- stages -------------------------------------------------------------

    def triage(self, *options):
        """The entries of a triage, by CVE; with --profile alone, of this kernel."""
        profile = self.file("profile")
        if not os.path.exists(profile):
            list(self.tuxtape("profile", "--build-tree", self.subject.tree, "--out", profile))
        words = [word for option in options for word in ([option, profile] if option == "--profile" else [option])]
        found = json.loads("".join(self.tuxtape("triage", "--records", RECORDS, "--all", "--format", "json", *words)))
        return {entry["cve"]: entry for entry in found["cves"]}

    def judge(self, cves):
        """The verdicts, by version alone and with the source, each with what decided it."""
        fixes = self.subject.fix_sources()  # without them there is nothing to look for in a source
        found = {"version": self.triage("--profile"),
                 "source": self.triage("--profile", *(["--source", self.subject.source, *fixes] if fixes else []))}
        return {way: {cve: entries[cve] for cve in cves if cve in entries} for way, entries in found.items()}

    def build_each(self, cves):
        """A line for each CVE. Also what the lint gives up is built, so that it can be seen whether it was right."""
        lines = journal.Journal(self.file("fixes.jsonl"))
        left = [cve for cve in cves if cve not in lines.by("cve")]
        if left:
            note(f"{len(left)} fixes to build")
            for line in self.build("--despite-lint", "--trial-compile", *self.subject.fixes(left, RECORDS)):
                if line["outcome"] != "cancelled":
                    lines.add(line)
        return [lines.by("cve")[cve] for cve in cves]

    def build_adapted(self, failed):
        """A line for each fix that failed and that somebody has adapted."""
        lines = journal.Journal(self.file("adapted.jsonl"))
        wanted, options = self.subject.adapted(failed)
        if any(cve not in lines.by("cve") for cve in wanted):
            note(f"{len(wanted)} adapted fixes to build")
            for line in self.build("--records", RECORDS, *options):
                lines.add({**line, "why": wanted[line["cve"]]})
        return [lines.by("cve")[cve] for cve in wanted]

    def build_together(self, built):
        """All that was built, in one module. Each was built alone, so none needs to be looked for that changes nothing."""
        if len(built) < 2:
            return []
        note(f"one patch of {len(built)} fixes")
        return list(self.build("--cumulative", "--depth", "isolate", "--despite-lint", *self.subject.fixes(built, RECORDS)))

    def prove(self, artefacts):
        if not artefacts:
            return {}
        subject = self.subject
        machine = guest.Guest(subject.image, subject.modules, subject.release(), self.file("guest"))
        return guest.prove(machine, artefacts, journal.Journal(self.file("proofs.jsonl")))

    def go(self, selection):
        cves = journal.once(self.file("selection.json"), lambda: selection.of(self.subject.known(self.triage)))
        verdicts = journal.once(self.file("verdicts.json"), lambda: self.judge(set(cves)))
        fixes = self.build_each(cves)
        built = [line for line in fixes if line["outcome"] == "built"]
        together = journal.once(self.file("cumulative.json"), lambda: self.build_together([line["cve"] for line in built]))
        adapted = self.build_adapted([line["cve"] for line in fixes if line["outcome"] == "failed"])
        artefacts = [line for line in [*built, *adapted, *(line for line in together if line["kind"] != "fix")]
                     if line["outcome"] == "built"]
        return {"kernel": self.subject.describe(), "cves": cves, "verdicts": verdicts, "fixes": fixes,
                "adapted": adapted, "cumulative": together, "proofs": self.prove(artefacts)}


def lab_folder():
    return os.path.realpath(os.environ.get("TUXTAPE_LAB") or os.path.expanduser("~/.cache/tuxtape-lab"))


def go(selection, fresh, folder=None):
    """What was found, and where it is kept. With a folder of its own, nothing is shared with other runs."""
    if not os.path.exists(RECORDS):
        give_up(3, f"there are no records: {RECORDS} is missing (TUXTAPE_CORPUS says where else to look)")
    prefix = ask("tools")
    home = os.path.join(lab_folder(), "all")
    subject = Pair(home) if selection.pair else Vulnerable(Kernel(ask("vulnerable")))
    shared = os.path.join(home, subject.name)
    store = os.path.join(folder or shared, "store")
    folder = folder or os.path.join(shared, selection.folder())
    try:
        with journal.take(folder):
            if fresh:
                for name in STATE:
                    if os.path.exists(os.path.join(folder, name)):
                        os.remove(os.path.join(folder, name))
            found = Way(subject, folder, store, prefix).go(selection)
            shutil.rmtree(os.path.join(folder, "guest/share"), ignore_errors=True)
            return found, folder
    except journal.Taken:
        give_up(3, f"another run is at work in {folder}")
