"""A boot of the kernel in qemu, in which modules are loaded and taken out again by the library."""
import glob
import json
import os
import shutil
import subprocess
import time

from children import end_with_parent
from kernel import HOME, LAB, note

LONGEST = 300  # seconds without a word from the guest, beside those in which it had to wait for a processor
LONGEST_OF_ALL = 3600
MEMORY = 1500  # MiB


def lines_of(path):
    """The whole lines that the guest has written so far."""
    if not os.path.exists(path):
        return []
    with open(path, "rb") as file:
        whole = file.read()
    return [json.loads(line) for line in whole[:whole.rfind(b"\n") + 1].splitlines()]


def waited(pid):
    """How long each thread of a process has waited for a processor, in seconds."""
    delays = {}
    for path in glob.glob(f"/proc/{pid}/task/*/schedstat"):
        try:
            with open(path, encoding="ascii") as file:
                delays[path] = int(file.read().split()[1]) / 1e9
        except OSError:
            pass  # it has ended
    return delays


class Patience:
    """Ends when a guest has had time to say something, and has not: on a busy machine it may wait more than it runs."""

    def __init__(self, pid):
        self.pid = pid
        self.renew()

    def renew(self):
        self.since, self.delays = time.monotonic(), waited(self.pid)

    def is_over(self):
        silent = time.monotonic() - self.since
        lost = max((delay - self.delays.get(thread, 0) for thread, delay in waited(self.pid).items()), default=0)
        return silent > LONGEST_OF_ALL or silent - lost > LONGEST


def java():
    """The folder of the programs of the JDK that is used on this machine, by a path that the guest has too."""
    home = os.environ.get("JAVA_HOME")
    return os.path.dirname(os.path.realpath(os.path.join(home, "bin/java") if home else shutil.which("java")))


class Guest:
    """What one kernel is booted with, in a folder that the guest shares."""

    def __init__(self, image, modules, release, folder):
        self.image, self.modules, self.release, self.folder = image, modules, release, folder
        self.share = os.path.join(folder, "share")
        self.said = os.path.join(self.share, "proofs.jsonl")
        self.console = os.path.join(folder, "console.log")

    def prepare(self, artefacts):
        """Puts modules and the library where the guest finds them, whatever it hides of this machine."""
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(os.path.join(self.share, "livepatches"))
        target = os.path.join(HOME, "examples/target")
        shutil.copytree(os.path.join(target, "modules"), os.path.join(self.share, "app"))
        subprocess.run([os.path.join(java(), "jar"), "--create", "--no-compress",
                        "--file", os.path.join(self.share, "app/examples.jar"),
                        "-C", os.path.join(target, "classes"), "."], check=True)
        os.symlink(os.path.join(java(), "java"), os.path.join(self.share, "java"))
        shutil.copytree(self.modules, os.path.join(self.share, "lib/modules", self.release), symlinks=True)
        wanted = set()
        for artefact in artefacts:
            place = os.path.join(self.share, "livepatches")
            shutil.copy(artefact["module"], place)
            shutil.copy(artefact["manifest"], os.path.join(place, os.path.basename(artefact["module"]) + ".manifest"))
            wanted |= {os.path.basename(function["object"]) for function in artefact["functions"]}
        with open(os.path.join(self.share, "targets"), "w", encoding="utf-8") as targets:
            targets.writelines(f"{name}\n" for name in sorted(wanted - {"vmlinux"}))
        with open(os.path.join(self.share, "order"), "w", encoding="utf-8") as order:
            order.writelines(f"/run/lab/livepatches/{os.path.basename(artefact['module'])}\n" for artefact in artefacts)
        shutil.copy(os.path.join(LAB, "all/session"), self.share)
        self.initramfs()

    def initramfs(self):
        files = os.path.join(self.folder, "initramfs")
        for name in "bin", "host", "dev":
            os.makedirs(os.path.join(files, name))
        shutil.copy(shutil.which("busybox"), os.path.join(files, "bin"))
        shutil.copy(os.path.join(LAB, "guest/init"), files)
        subprocess.run("find . | cpio -o -H newc --quiet | gzip -1 >../initramfs.gz", shell=True, cwd=files, check=True)

    def command(self):
        mounts = [(self.share, "lab", ""), ("/", "host", ",readonly=on,multidevs=remap")]
        shared = [word for path, tag, options in mounts for word in (
            "-fsdev", f"local,id={tag},path={path},security_model=none{options}",
            "-device", f"virtio-9p-pci,fsdev={tag},mount_tag={tag}")]
        return ["qemu-system-x86_64", "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2", "-m", str(MEMORY),
                "-nodefaults", "-display", "none", "-no-reboot", "-monitor", "none", "-serial", f"file:{self.console}",
                "-kernel", self.image, "-initrd", os.path.join(self.folder, "initramfs.gz"), "-append",
                "console=ttyS0 loglevel=6 printk.time=1 panic=-1 reboot=t oops=panic", *shared]

    def boot(self, artefacts):
        """Runs until the guest ends, or says nothing any more; what it said is yielded, then why it ended as it did."""
        self.prepare(artefacts)
        with open(os.path.join(self.folder, "qemu.log"), "w", encoding="utf-8") as log, subprocess.Popen(
                self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=end_with_parent) as machine:
            told, patience = 0, Patience(machine.pid)
            while True:
                ended = machine.poll() is not None
                lines = lines_of(self.said)
                for line in lines[told:]:
                    patience.renew()
                    yield line
                told = len(lines)
                if ended:
                    return
                if patience.is_over():
                    note(f"the guest says nothing any more, see {self.console}")
                    machine.kill()
                    return
                time.sleep(0.5)

    def trouble(self):
        """The console's lines that say most of why a guest went down."""
        lines = []
        for path in glob.glob(self.console):
            with open(path, encoding="utf-8", errors="replace") as file:
                lines = file.read().splitlines()
        signs = [line for line in lines if any(sign in line for sign in ("BUG:", "Oops", "panic", "RIP:", "livepatch:"))]
        return (signs or lines)[-6:]


def prove(guest, artefacts, journal):
    """Has every module tried; the one at which a guest goes down is the one to blame, and the others get another boot."""
    while True:
        known = journal.by("name")
        left = [artefact for artefact in artefacts if artefact["name"] not in known]
        if not left:
            return journal.by("name")
        note(f"booting the kernel for {len(left)} modules")
        start = time.monotonic()
        count = 0
        for line in guest.boot(left):
            journal.add(line)
            count += 1
        note(f"the kernel confirmed or refuted {count} modules in {time.monotonic() - start:.0f} s")
        if count < len(left):
            journal.add({"name": left[count]["name"], "proven": False, "fault": "the guest went down, or hung",
                         "console": guest.trouble()})
