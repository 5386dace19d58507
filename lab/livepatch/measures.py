"""What a warm tree saves, what the library costs, what a second processor gives."""
import os
import shutil
import subprocess
import time

from kernel import Builder, note, touched
from table import HEADING, print_line, print_row, report


def cold(builder, fixes):
    """On a copy of the tree without any object: the first build makes the original."""
    tree = os.path.join(builder.home, "cold")
    note(f"copying {builder.tree} without its objects")
    shutil.rmtree(tree, ignore_errors=True)
    subprocess.run(["cp", "-a", builder.tree, tree], check=True)
    shutil.rmtree(os.path.join(tree, "klp-tmp"), ignore_errors=True)
    subprocess.run(["make", "-s", "-C", tree, "clean"], check=True)
    there = Builder(builder.kernel, builder.tool, builder.prefix, builder.home, tree)
    there.forget()
    print_row(*HEADING)
    times = []
    for line in there.build(fixes[:4]):
        print_line(line)
        times.append(line["seconds"])
    first, *others = times
    warm = sorted(others)[len(others) // 2]
    print(f"\ncold {first:.1f} s, warm {warm:.1f} s (median of {len(others)}): {first / warm:.1f} : 1")
    return True


def targets(builder, fix):
    """What to have make build, so that the library and the tool alone do the same: objects if all are built in."""
    objects = []
    for path in touched(fix):
        command = os.path.join(builder.tree, os.path.dirname(path), f".{os.path.basename(path)[:-2]}.o.cmd")
        if not path.endswith(".c") or not os.path.exists(command):
            return ["vmlinux", "modules"]
        with open(command, encoding="utf-8") as text:
            if "-DMODULE" in text.read():
                return ["vmlinux", "modules"]
        objects.append(path[:-2] + ".o")
    return objects


def bare_command(builder, fix, out):
    """The tool alone."""
    if builder.tool == "klp":
        return ["scripts/livepatch/klp-build", "-T", *(["-S", "2"] if builder.is_warm() else []), f"-j{os.cpu_count()}",
                "-o", os.path.join(out, "bare.ko"), fix]
    kernel = builder.kernel
    return [os.path.join(builder.prefix, "bin/kpatch-build"), "-s", builder.tree, "-c", kernel.config,
            "-v", kernel.vmlinux, "-j", str(os.cpu_count()), "-n", "bare", "-o", out,
            *options("-t", builder, fix), fix]


def options(name, builder, fix):
    return [word for target in targets(builder, fix) for word in (name, target)] if builder.tool == "kpatch" else []


def run_bare(builder, fix):
    """The seconds that the tool alone takes; its output is kept."""
    out = os.path.join(builder.home, "bare", os.path.basename(fix))
    cache = os.path.join(builder.home, "bare-cache")
    os.makedirs(out, exist_ok=True)
    os.makedirs(cache, exist_ok=True)
    environment = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    environment |= {"LC_ALL": "C", "LANG": "C", "CACHEDIR": cache}
    command = bare_command(builder, fix, out)
    with builder.alone(), open(os.path.join(out, "output"), "w", encoding="utf-8") as kept:
        start = time.monotonic()
        subprocess.run(command, cwd=builder.tree, env=environment, stdin=subprocess.DEVNULL, stdout=kept,
                       stderr=subprocess.STDOUT)
        return time.monotonic() - start


def run_tuxtape(builder, fix):
    builder.forget()
    return sum(line["seconds"] for line in builder.build([fix], *options("--target", builder, fix)))


def bare(builder, fixes):
    """Each fix with both, alternately the one and the other first."""
    sums = dict.fromkeys((run_bare, run_tuxtape), 0.0)
    print_row("fix", "", "", "", "seconds alone, with the library")
    for number, fix in enumerate(fixes):
        run_bare(builder, fix)  # what the fix before it has left to rebuild is not measured
        times = {way: way(builder, fix) for way in ((run_bare, run_tuxtape) if number % 2 else (run_tuxtape, run_bare))}
        for way, seconds in times.items():
            sums[way] += seconds
        print_row(os.path.basename(fix)[:-6], "", "", "", f"{times[run_bare]:.1f}, {times[run_tuxtape]:.1f}")
    alone, library = sums[run_bare], sums[run_tuxtape]
    print(f"\nalone {alone:.1f} s, with the library {library:.1f} s: {100 * (library / alone - 1):+.1f} %")
    return True


def pair(builder, fixes):
    """The same fixes one after another, then two at once on clones."""
    builder.forget()
    list(builder.build(fixes[:2], "--parallel", "2"))  # makes the clones
    times = []
    for parallel in "1", "2":
        builder.forget()
        start = time.monotonic()
        good = report(builder.build(fixes[:4], "--parallel", parallel), builder.kernel.release())
        times.append(time.monotonic() - start)
        print(f"\n{parallel} at once: {times[-1]:.1f} s\n")
        if not good:
            return False
    print(f"one after another to two at once: {times[0] / times[1]:.2f} : 1")
    return True
