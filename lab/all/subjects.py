"""The kernels that a run can be about, and where the fixes of their CVEs come from."""
import os
import re
import subprocess

from kernel import ask, give_up, note


def release_of(tree):
    with open(os.path.join(tree, "include/generated/utsrelease.h"), encoding="utf-8") as header:
        return re.search(r'"(.*)"', header.read()).group(1)


def reason(folder):
    """What the author of an adapted fix says of it: the text above its diff."""
    for place, _, files in os.walk(folder):
        for file in sorted(files):
            with open(os.path.join(place, file), encoding="utf-8", errors="replace") as patch:
                return " ".join(patch.read().split("\n---\n")[0].split("\n\n", 1)[-1].split())
    return ""


class Vulnerable:
    """A kernel in which single commits are reversed: each CVE has its real fix, and nothing else."""

    def __init__(self, kernel):
        self.kernel = kernel
        self.name = os.path.basename(kernel.home)
        self.tree, self.vmlinux = kernel.tree, kernel.vmlinux
        self.source = os.path.join(kernel.home, "source")
        self.modules = os.path.join(kernel.home, "modules")
        self.image = os.path.join(kernel.home, "bzImage")

    def known(self, _):
        return self.kernel.fixes

    def release(self):
        return release_of(self.tree)

    def describe(self):
        return f"Linux {self.release()} with {len(self.kernel.fixes)} fixes reversed"

    def fix_sources(self):
        """The options that tell a triage where the fixes are."""
        return ["--fixes", os.path.join(self.kernel.home, "fixes")]

    def adapted(self, cves):
        """Those of the CVEs whose fix somebody has adapted by hand, each with the reason, and the options that name them."""
        overlay = os.environ.get("TUXTAPE_OVERLAY", "")
        folders = {cve: os.path.join(overlay, cve) for cve in cves if overlay}
        wanted = {cve: reason(folder) for cve, folder in folders.items() if os.path.isdir(folder)}
        return wanted, [*self.fix_sources(), "--overlay", overlay, "--cve", *wanted]

    def fixes(self, cves, _):
        """The options that name the fixes of CVEs for `tuxtape build`."""
        unknown = [cve for cve in cves if cve not in self.kernel.fixes]
        if unknown:
            give_up(2, f"{', '.join(unknown)} is not reversed in {self.kernel.home}, see its fixes.tsv")
        return [word for cve in cves for word in ("--fix", self.kernel.fixes[cve])]


class Pair:
    """The oldest and the newest package of one series: the fix of a CVE is what differs in its files."""

    def __init__(self, folder):
        series = ["--series", "6.1"]
        built = ask("kernel", *series, "--version", "oldest")
        self.newer = ask("kernel", *series, "--version", "newest", "--source")
        self.name = f"pair-{release_of(built)}-{os.path.basename(self.newer).removeprefix('source-')}"
        home = os.path.join(folder, self.name)
        self.tree, self.modules = os.path.join(home, "tree"), os.path.join(home, "modules")
        # the one that a tool works in, and what was deployed from the other
        self.source, self.vmlinux = built, os.path.join(built, "vmlinux")
        self.image = os.path.join(built, "arch/x86/boot/bzImage")
        self.prepare(built, home)

    def prepare(self, built, home):
        os.makedirs(home, exist_ok=True)
        if not os.path.exists(self.tree):
            note(f"copying {built}")
            subprocess.run(["cp", "-a", built, self.tree + ".unfinished"], check=True)
            os.rename(self.tree + ".unfinished", self.tree)
        if not os.path.exists(self.modules):
            installed = os.path.join(home, "installed")
            subprocess.run(["make", "-s", "-C", built, f"INSTALL_MOD_PATH={installed}", "INSTALL_MOD_STRIP=1",
                            "modules_install"], check=True, stdout=subprocess.DEVNULL)
            os.rename(os.path.join(installed, "lib/modules", self.release()), self.modules)

    def known(self, verdicts):
        """The CVEs that the older kernel has by its version and its files, and the newer one has not by its version."""
        older, newer = verdicts("--profile"), verdicts("--kernel", self.newer_version())
        return sorted(cve for cve, entry in older.items()
                      if entry["status"] == "affected" and newer.get(cve, {}).get("status") == "fixed")

    def newer_version(self):
        with open(os.path.join(self.newer, "Makefile"), encoding="utf-8") as makefile:
            fields = dict(re.findall(r"^(VERSION|PATCHLEVEL|SUBLEVEL) = (\d+)$", makefile.read(4096), re.M))
        return ".".join(fields[name] for name in ("VERSION", "PATCHLEVEL", "SUBLEVEL"))

    def release(self):
        return release_of(self.source)

    def describe(self):
        return f"Linux {self.release()}, with the difference to {self.newer_version()} for the fixes"

    def fix_sources(self):
        return []

    def adapted(self, _):
        return {}, []

    def fixes(self, cves, records):
        return ["--records", records, "--newer-source", self.newer, "--cve", *cves]
