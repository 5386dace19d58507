"""Bad fixes in a cumulative patch, killed tools, full disks."""
import hashlib
import json
import os
import subprocess
from contextlib import contextmanager

from kernel import give_up
from table import complain, outcome, print_line, print_row, report

# What can not become a livepatch, as changes of code that hardly ever changes: one does not compile, one changes
# initialised data.
BAD = {"CVE-2099-1001": ("net/ipv4/ping.c", "\treturn 0;\n", "\treturn not_there;\n"),
       "CVE-2099-1002": ("net/ipv4/tcp_cong.c", "= TCP_CONG_NON_RESTRICTED,\n", "= 0,\n")}


def bad_fixes(builder):
    folder = os.path.join(builder.home, "bad")
    os.makedirs(folder, exist_ok=True)
    for cve, (path, old, new) in BAD.items():
        file = os.path.join(builder.tree, path)
        with open(file, encoding="utf-8") as source:
            text = source.read()
        if old not in text:
            give_up(1, f"{path} is not as expected, so no bad fix can be made of it")
        changed = subprocess.run(["diff", "-u", "--label", f"a/{path}", "--label", f"b/{path}", file, "-"], text=True,
                                 input=text.replace(old, new, 1), stdout=subprocess.PIPE).stdout
        patch = os.path.join(folder, f"{cve}.patch")
        with open(patch, "w", encoding="utf-8") as kept:
            kept.write(f"From {hashlib.sha1(changed.encode()).hexdigest()} Mon Sep 17 00:00:00 2001\n---\n{changed}")
        yield patch


def cumulative(builder, fixes):
    """15 fixes in one module, with bad ones among them, which are to be left out."""
    middle = len(fixes[:15]) // 2
    left_out, good = set(), False
    for line in builder.build([*fixes[:middle], *bad_fixes(builder), *fixes[middle:15]], "--cumulative"):
        if line["kind"] == "fix":
            print_line(line)
            if line["outcome"] == "left_out":
                left_out.add(line["cve"])
        else:
            print(f"\n{line['name']}: {line['outcome']}, {line.get('included')} of {line.get('fixes')} fixes, "
                  f"{line.get('builds')} builds, {line.get('seconds', 0):.0f} s")
            good = line["outcome"] == "built" and not complain(line, builder.kernel.release())
    return good and left_out >= set(BAD)


PHASES = {"kpatch": ["Testing patch file", "Building original source", "Building patched source", "Extracting new",
                     "Building patch module"],
          "klp": ["Validating patch", "Building patched kernel", "Generating patched checksums", "Diffing objects",
                  "Building patch module"]}


def tool_processes(builder):
    """The shells that run the tool itself on this tree."""
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                words = file.read().decode(errors="replace").split("\0")
            here = builder.tree in words or os.readlink(f"/proc/{pid}/cwd") == builder.tree
        except OSError:
            continue
        if here and any(os.path.basename(word) == f"{builder.tool}-build" for word in words[:2]):
            yield int(pid)


def disturbed_in(builder, fix, phase, disturb, *options):
    """The line of a build that is disturbed as soon as its tool says that it has come to a phase."""
    command = builder.command([fix], "--verbose", *options)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        if phase in line:
            disturb()
            break
    rest, _ = process.communicate()
    return json.loads(rest.splitlines()[0]) if rest else {"outcome": "nothing was said"}


def killed_in(builder, fix, phase):
    def kill():
        for pid in tool_processes(builder):
            os.kill(pid, 9)

    return disturbed_in(builder, fix, phase, kill)


@contextmanager
def small_disk(builder, size):
    """A file system of its own for the scratch."""
    small = os.path.join(builder.home, "small")
    os.makedirs(small, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", small], check=True)
    try:
        yield small
    finally:
        subprocess.run(["umount", "--lazy", small], check=True)


def full_from_the_start(builder, fix, size):
    with small_disk(builder, size) as small:
        return next(builder.build([fix], "--scratch", small))


def full_in(builder, fix, phase):
    """The scratch has what is asked for before the build, and is filled up in a phase."""
    with small_disk(builder, "1g") as small:
        def fill():
            with open(os.path.join(small, "filler"), "wb", buffering=0) as filler:
                try:
                    while True:
                        filler.write(bytes(1 << 20))
                except OSError:
                    pass  # full, as it should be

        return disturbed_in(builder, fix, phase, fill, "--scratch", small)


def faults(builder, fixes):
    """Whatever happens to the tool, the tree is as before and the next build is right."""
    fix = fixes[0]
    before = builder.sources(fix)
    cases = [(f"killed: {phase}", killed_in, phase) for phase in PHASES[builder.tool]]
    cases += [("disk of 16m", full_from_the_start, "16m")]
    cases += [(f"disk full: {phase}", full_in, phase) for phase in PHASES[builder.tool]]
    good = True
    print_row("", "", "outcome", "seconds", "fault, and what is to be done")
    for fault, cause, argument in cases:
        builder.forget()
        line = cause(builder, fix, argument)
        changed = [path for path, digest in builder.sources(fix).items() if before[path] != digest]
        good &= line["outcome"] == "failed" and line.get("class") != "unclassified" and not changed
        print_row("", "", outcome(line), f"{line.get('seconds', 0):.1f}",
                  f"{fault}: " + (f"CHANGED: {changed}" if changed else line.get("remedy", "")))
    print("\nafter all of it:")
    builder.forget()
    return report(builder.build([fix]), builder.kernel.release()) and good
