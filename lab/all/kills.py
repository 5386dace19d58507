"""A run that is killed again and again gives the same report as one that is not."""
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import report
import way
from kernel import give_up, note


def descendants(pid):
    """A process and all that it has started, as far as their parents are alive."""
    children = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat", encoding="utf-8", errors="replace") as file:
                parent = int(file.read().rsplit(")", 1)[1].split()[1])
        except (OSError, ValueError):
            continue
        children.setdefault(parent, []).append(int(entry))
    found, left = [], [pid]
    while left:
        found.append(left.pop())
        left += children.get(found[-1], [])
    return found


def kill(process, everything):
    """All of it at once, as a power cut does; or only what it began with, as somebody does who looks for its name."""
    victims = descendants(process.pid) if everything else [process.pid]
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for pid in victims:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass
    process.wait()


def run(folder, words):
    command = [sys.executable, "-B", os.path.dirname(os.path.realpath(__file__)), *words, "--folder", folder]
    with open(folder + ".log", "a", encoding="utf-8") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)


def content(folder):
    """A report, but for how its modules were built: of one that was in the store when it was asked for nobody knows."""
    path = os.path.join(folder, "report.json")
    if not os.path.exists(path):
        give_up(1, f"there is no report, see {folder}.log")
    with open(path, encoding="utf-8") as file:
        whole = json.load(file)
    for row in whole["cves"]:
        for each in row, row.get("adapted", {}):
            each.pop("remarks", None)
    return whole


def kills(count, seed, words):
    """Whether the reports are the same."""
    home = os.path.join(way.lab_folder(), "all", "kills")
    shutil.rmtree(home, ignore_errors=True)
    os.makedirs(home)
    calm, disturbed = os.path.join(home, "undisturbed"), os.path.join(home, "disturbed")
    chance = random.Random(seed)
    start = time.monotonic()
    run(calm, words).wait()
    whole = time.monotonic() - start
    note(f"undisturbed: {whole:.0f} s")
    killed = 0
    while killed < count:
        process = run(disturbed, words)
        moment, everything = chance.uniform(0, whole), chance.random() < 0.7
        try:
            process.wait(moment)
            note("it came to its end before it was killed: begun anew")
            shutil.rmtree(disturbed)
        except subprocess.TimeoutExpired:
            kill(process, everything)
            killed += 1
            note(f"killed ({killed} of {count}) after {moment:.0f} s{'' if everything else ', its first process alone'}")
    run(disturbed, words).wait()
    one, other = content(calm), content(disturbed)
    for row, twin in zip(one["cves"], other["cves"]):
        for key in row:
            if row[key] != twin.get(key):
                note(f"{row['cve']}: {key}: {row[key]} undisturbed, {twin.get(key)} after {count} kills")
    print(f"{len(one['cves'])} CVEs, {count} kills: the reports are {'the same' if one == other else 'NOT the same'}")
    return one == other
