"""What is written so that a run that was ended at any moment goes on where it was."""
import fcntl
import json
import os


def once(path, make):
    """What `make` gives, from the file if an earlier run has come that far."""
    if not os.path.exists(path):
        with open(path + ".unfinished", "w", encoding="utf-8") as file:
            json.dump(make(), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.rename(path + ".unfinished", path)
    with open(path, encoding="utf-8") as file:
        return json.load(file)


class Journal:
    """A file of JSON lines. A line that was not written to its end is none."""

    def __init__(self, path):
        self.path = path
        self.entries = []
        if os.path.exists(path):
            with open(path, "rb+") as file:
                whole = file.read()
                end = whole.rfind(b"\n") + 1
                file.truncate(end)
            self.entries = [json.loads(line) for line in whole[:end].splitlines()]

    def add(self, entry):
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self.entries.append(entry)

    def by(self, key):
        return {entry[key]: entry for entry in self.entries if key in entry}


class Taken(Exception):
    """Another run is at work in a folder."""


def take(folder):
    """Has a folder to itself until this process ends."""
    os.makedirs(folder, exist_ok=True)
    lock = open(os.path.join(folder, "lock"), "a", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Taken(folder) from None
    return lock
