"""Rolls real livepatches out to three virtual machines in different rings.

usage: lab/run fleet [--fix CVE] [--store DIR] [--keep]
       lab/run fleet --help

Builds a livepatch of one fix of lab/vulnerable, publishes it in an archive that
a real nginx serves on loopback, and boots that kernel three times in qemu. Each
machine runs `examples/tuxtape agent` against nginx, over a network card of its
own. Then:

  1. publish, `tuxtape archive promote`: the machine of the ring canary takes it, whose
     agent is killed by SIGKILL in the middle and run again; after the soak the
     second ring, then all
  2. a second livepatch, which makes the kernel warn: the canary turns it down,
     `tuxtape archive promote` blocks it, the others never see it
  3. the first one is withdrawn: all machines go back

After each step each machine's own /sys/kernel/livepatch is read. Also printed is
what a run of the agent costs that finds nothing new.

  --fix CVE  this one; default: the first that changes one C file of vmlinux
  --store DIR
             publish its livepatch of that fix, and build none
  --keep     leave the machines running until a key is pressed

What a run leaves is in $TUXTAPE_LAB/fleet, by default below ~/.cache/tuxtape-lab:
the archive, keys, reports, and of each machine console and store.

exit status: 0 all went as it should, 1 something is wrong, 2 usage, 3 tools,
kernel or packages are missing
"""
import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time

from kernel import HOME, LAB, Builder, Kernel, ask, give_up, note
from machines import Fleet, Machine, check
from measures import targets
from servers import Servers, end_on_signals

SOAK = 20


def tuxtape(*arguments, accepted=(0,)):
    print(f"\n$ tuxtape {' '.join(arguments)}", flush=True)
    done = subprocess.run([os.path.join(HOME, "examples/tuxtape"), *arguments], stdout=subprocess.PIPE, text=True)
    print(done.stdout.rstrip(), flush=True)
    check(done.returncode in accepted, f"the command ended with {done.returncode}")
    return done.stdout


def build_modules(builder, home):
    """The driver and the bad livepatch, for this very kernel, while nobody else works in its tree."""
    sources = os.path.join(LAB, "fleet/modules")
    driver = os.path.join(builder.tree, "drivers/net/ethernet/intel/e1000")
    files = [os.path.join(folder, name) for folder in (sources, driver) for name in sorted(os.listdir(folder))
             if name == "Kbuild" or name.endswith((".c", ".h"))] + [os.path.join(LAB, "guest/modules/livepatch.h")]
    digest = hashlib.sha256()
    for file in files:
        with open(file, "rb") as content:
            digest.update(content.read())
    made = os.path.join(home, "made")
    if os.path.exists(made) and open(made, encoding="utf-8").read() == digest.hexdigest():
        return home
    note("building a network driver and a bad livepatch")
    shutil.rmtree(home, ignore_errors=True)
    os.makedirs(home)
    for file in files:
        shutil.copy(file, home)
    with builder.alone(wait=True), open(os.path.join(home, "build.log"), "w", encoding="utf-8") as log:
        if subprocess.run(["make", "-C", builder.tree, f"M={home}", "modules"], stdout=log, stderr=log).returncode:
            give_up(1, f"the modules do not build, see {log.name}")
    with open(made, "w", encoding="utf-8") as file:
        file.write(digest.hexdigest())
    return home


def describe(module, function, release):
    """Manifest and reviews of a livepatch that no builder has made."""
    with open(module, "rb") as content:
        digest = hashlib.sha256(content.read()).hexdigest()
    vermagic = subprocess.run(["modinfo", "-F", "vermagic", module], stdout=subprocess.PIPE, text=True).stdout.strip()
    name = os.path.basename(module)[:-3]
    with open(module + ".manifest", "w", encoding="utf-8") as manifest:
        manifest.write(f"""\
Format: tuxtape-manifest 1
Name: {name}
SHA-256: {digest}
Release: {release}
Vermagic: {vermagic}
Builder: by hand
Replacement: REPLACE_ALL
Fixes:
Functions:
 vmlinux {function} 1
""")
    with open(module + ".reviews", "w", encoding="utf-8") as reviews:
        reviews.write(f"""\
Format: tuxtape-review 1
Decision: APPROVED
Reviewer: lab
Reason: It is to be seen what becomes of it.
At: {time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}
SHA-256: {digest}
""")
    return name


def look(what, machines, expected):
    """What the machines themselves show, held against what they should."""
    print(f"\n== {what}")
    for machine in machines:
        shown = machine.livepatches()
        print(f"{machine.name} ({machine.tag or 'no tag'}): {'; '.join(shown) or 'no livepatch'}", flush=True)
        wanted = expected[machine.name]
        names = [line.split()[0] for line in shown if " enabled 1 transition 0" in line and "vmlinux patched 1" in line]
        check(names == ([wanted] if wanted else []) and len(shown) == len(names),
              f"{machine.name} shows {shown}, and should have {wanted}")


def policy():
    """A short soak, one machine a ring; the last ring is all."""
    text = "Format: tuxtape-rollout-policy 1\nSalt: lab\n"
    for ring, members, soak, failures, share, patched in (
            ("canary", "tag canary", SOAK, 0, "0%", 1), ("second", "tag second", SOAK, 0, "0%", 1),
            ("all", "share 100%", 0, 4, "0.25%", 0)):
        text += f"""
Ring: {ring}
Members: {members}
Soak: PT{soak}S
Failures: {failures}
Failure-Share: {share}
Unpatched-Share: 10%
Least-Patched: {patched}
Silence: PT4H
"""
    return text


def begin(fleet, rings):
    """Keys, and an empty archive."""
    for name in "root", "online":
        tuxtape("archive", "key", "--out", os.path.join(fleet.home, name + ".pem"))
    path = fleet.servers.write("policy", rings)
    tuxtape("archive", "init", *fleet.signed, "--root-key", os.path.join(fleet.home, "root.pem"), "--policy", path)


def run_agents(machines):
    for machine in machines:
        machine.begin(machine.measured())
    said = {}
    for machine in machines:
        status, text = machine.end()
        said[machine.name] = text
        print(f"{machine.name}: exit {status}: {text}", flush=True)
    return said


def killed(machine):
    """Runs the agent, and kills it as soon as its livepatch is in the kernel."""
    machine.begin(f"""
        {machine.command("--for", "60s").replace("--for 10s ", "", 1)} >/tmp/killed 2>&1 &
        agent=$!
        until ls -d /sys/kernel/livepatch/*/ >/dev/null 2>&1; do sleep 0.2; [[ -d /proc/$agent ]] || exit 1; done
        sleep 2
        kill -KILL $agent
        ls /sys/kernel/livepatch""")
    status, text = machine.end()
    print(f"{machine.name}: killed with {text} on trial", flush=True)
    check(status == 0 and text, "the agent was to be killed in the middle of a trial")


def promote(fleet, what):
    """Until the promoter says a word, which may need the soak to be over."""
    for _ in range(10):
        said = tuxtape("archive", "promote", *fleet.signed, "--reports", fleet.reports, accepted=(0, 1))
        if what in said:
            return
        time.sleep(SOAK / 4)
    give_up(1, f"WRONG: the promoter does not say '{what}'")


def roll_out(fleet, machines, kernel, good, bad_module):
    canary, second, third = machines
    nothing = {machine.name: None for machine in machines}
    look("before", machines, nothing)

    promote(fleet, "promote: ")
    killed(canary)
    run_agents(machines)
    look("promoted to canary", machines, nothing | {canary.name: good})
    promote(fleet, "has soaked in the ring canary")
    run_agents([second, third])
    look("promoted to the second ring", machines, nothing | {canary.name: good, second.name: good})
    promote(fleet, "has soaked in the ring second")
    run_agents([third])
    everywhere = {machine.name: good for machine in machines}
    look("promoted to all", machines, everywhere)

    fleet.requests()
    said = run_agents([third])
    asked = fleet.requests()
    print(f"\nnothing new: {said[third.name].splitlines()[-1]}; {len(asked)} requests, "
          f"{sum(size for _, size in asked)} bytes of answers: {asked}")

    bad = describe(bad_module, "loadavg_proc_show", kernel.release())
    tuxtape("archive", "publish", *fleet.signed, "--vmlinux", kernel.vmlinux, "--module", bad_module)
    promote(fleet, f"{bad} (")
    said = run_agents(machines)
    check("turned down" in said[canary.name], "the canary was to turn it down")
    look("a bad one promoted to canary", machines, everywhere)
    promote(fleet, "block: ")
    run_agents(machines)
    look("the bad one is blocked", machines, everywhere)
    tuxtape("archive", "show", "--archive", fleet.archive)

    tuxtape("archive", "withdraw", good, *fleet.signed, "--who", "lab", "--why", "It is to be seen that it goes.")
    run_agents(machines)
    look("the first one is withdrawn", machines, nothing)
    tuxtape("archive", "verify", f"http://127.0.0.1:{fleet.port}/", "--root", fleet.root)


def main(*arguments):
    parser = argparse.ArgumentParser(prog="lab/run fleet", usage="%(prog)s [OPTION]..., see --help", add_help=False,
                                     allow_abbrev=False)
    parser.add_argument("--help", action="store_true")
    parser.add_argument("--fix")
    parser.add_argument("--store")
    parser.add_argument("--keep", action="store_true")
    wanted = parser.parse_args(arguments)
    if wanted.help:
        print(__doc__.strip())
        return
    prefix = ask("tools")
    kernel = Kernel(ask("vulnerable"))
    lab = os.path.realpath(os.environ.get("TUXTAPE_LAB") or os.path.expanduser("~/.cache/tuxtape-lab"))
    builds = os.path.join(lab, "livepatches", "fleet")
    os.makedirs(builds, exist_ok=True)
    builder = Builder(kernel, "kpatch", prefix, builds)
    cve = wanted.fix or next(cve for cve, fix in kernel.fixes.items() if len(targets(builder, fix)) == 1)
    if cve not in kernel.fixes:
        give_up(2, f"{cve} is not reversed in {kernel.home}, see its fixes.tsv")
    end_on_signals()
    modules = build_modules(builder, os.path.join(lab, "fleet-modules"))
    store, good = wanted.store or builder.store, "livepatch_" + cve[4:].replace("-", "_")
    if not wanted.store:
        line = next(builder.build([kernel.fixes[cve]], "--name", good))
        check(line["outcome"] == "built", f"{cve} is not built: {line}")
    key = next(each["key"] for each in map(json.loads, tuxtape("store", "list", "--store", store, "--format", "json").splitlines())
               if each.get("name") == good)
    with Servers(os.path.join(lab, "fleet")) as servers:
        fleet = Fleet(servers, kernel, servers.home, modules)
        machines = [Machine(fleet, "canary-1", "canary"), Machine(fleet, "second-1", "second"), Machine(fleet, "third-1", "")]
        note("booting three machines")
        begun = time.monotonic()
        for machine in machines:
            machine.boot()
        begin(fleet, policy())
        shutil.copy(fleet.root, os.path.join(fleet.share, "root.json"))
        tuxtape("store", "review", "--store", store, "--key", key, "--decision", "approved", "--who", "lab",
                "--why", "It was built here.")
        tuxtape("archive", "publish", *fleet.signed, "--vmlinux", kernel.vmlinux, "--store", store,
                "--build", key)
        fleet.serve()
        fleet.await_all(machines)
        note(f"three machines are up after {time.monotonic() - begun:.0f} s")
        roll_out(fleet, machines, kernel, good, os.path.join(modules, "livepatch_bad.ko"))
        if wanted.keep:
            input("press enter to end the machines")
    print("\nall went as it should")


main(*sys.argv[1:])
