"""The kernel with real holes, and the library's command line on its tree."""
import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager

LAB = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
HOME = os.path.dirname(LAB)


def note(message):
    print(f"lab/run: {message}", file=sys.stderr, flush=True)


def give_up(status, message):
    note(message)
    sys.exit(status)


def ask(script, *options):
    """The path that a script of the lab prints."""
    done = subprocess.run([os.path.join(LAB, script), *options], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        give_up(3, f"lab/{script} could not provide what this needs")
    return done.stdout.strip()


def touched(fix):
    """The files that a patch changes."""
    with open(fix, encoding="utf-8", errors="replace") as patch:
        return sorted(set(re.findall(r"^\+\+\+ b/(\S+)", patch.read(), re.M)))


class Kernel:
    """What lab/vulnerable has made: a tree, what was deployed from it, and the fixes that it lacks."""

    def __init__(self, home):
        self.home = home
        self.tree = os.path.join(home, "tree")
        self.vmlinux = os.path.join(home, "vmlinux")
        self.config = os.path.join(home, "config")
        self.fixes = {}
        with open(os.path.join(home, "fixes.tsv"), encoding="utf-8") as lines:
            for line in lines:
                cve, _, path = line.rstrip("\n").split("\t")
                self.fixes[cve] = os.path.join(home, path)

    def release(self):
        with open(os.path.join(self.tree, "include/generated/utsrelease.h"), encoding="utf-8") as header:
            return re.search(r'"(.*)"', header.read()).group(1)


class Builder:
    """`examples/tuxtape build` on one tree. What a call leaves is in `home`."""

    def __init__(self, kernel, tool, prefix, home, tree=None):
        self.kernel, self.tool, self.prefix, self.home = kernel, tool, prefix, home
        self.tree = tree or kernel.tree
        self.store = os.path.join(home, "store")

    def command(self, fixes, *options):
        command = [os.path.join(HOME, "examples/tuxtape"), "build", "--tree", self.tree, "--store", self.store,
                   "--vmlinux", self.kernel.vmlinux, "--tool", self.tool, "--format", "json", "--despite-lint", *options]
        if self.tool == "kpatch":
            command += ["--kpatch-build", os.path.join(self.prefix, "bin/kpatch-build")]
        for fix in fixes:
            command += ["--fix", fix]
        return command

    def build(self, fixes, *options):
        """The objects that it prints, as they come."""
        with open(os.path.join(self.home, "lines.json"), "a", encoding="utf-8") as kept, \
                subprocess.Popen(self.command(fixes, *options), stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout:
                kept.write(line)
                kept.flush()
                yield json.loads(line)
        if process.returncode not in (0, 1):
            give_up(1, f"tuxtape build ended with {process.returncode}")

    def forget(self):
        """Empties the store: what is in it is not built again."""
        shutil.rmtree(self.store, ignore_errors=True)

    @contextmanager
    def alone(self, wait=False):
        """Has the tree's lock, as the library takes it: for calls of the tool that it knows nothing of."""
        os.makedirs(os.path.join(self.tree, ".tuxtape"), exist_ok=True)
        with open(os.path.join(self.tree, ".tuxtape/lock"), "a", encoding="utf-8") as lock:
            try:
                fcntl.lockf(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except OSError:
                give_up(1, f"{self.tree} is in use")
            yield

    def is_warm(self):
        """Whether the tool has built the original in the tree, which is what takes long."""
        if self.tool == "klp":
            return os.path.exists(os.path.join(self.tree, "klp-tmp/1-orig/.complete"))
        with open(os.path.join(self.tree, "init/.main.o.cmd"), encoding="utf-8") as command:
            return "kpatch-cc" in command.read()

    def sources(self, fix):
        """The files that the fix and the tool change, by their digest."""
        state = {}
        for path in [*touched(fix), "Makefile", ".config", "scripts/setlocalversion", "scripts/link-vmlinux.sh",
                     "scripts/Makefile.modfinal"]:
            with open(os.path.join(self.tree, path), "rb") as file:
                state[path] = hashlib.sha256(file.read()).hexdigest()
        return state
