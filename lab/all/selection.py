"""Which CVEs of a kernel a run is about."""
import hashlib
import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Selection:
    pair: bool
    limit: int | None
    cves: tuple
    seed: int

    def of(self, known):
        """The chosen ones of those that are known, in the order of the work."""
        chosen = sorted(self.cves or known)
        random.Random(self.seed).shuffle(chosen)
        return chosen[:self.limit]

    def words(self):
        """The words of the command line that say the same."""
        words = ["--seed", str(self.seed), *(["--pair"] if self.pair else [])]
        if self.limit is not None:
            words += ["--limit", str(self.limit)]
        return words + [word for cve in self.cves for word in ("--cve", cve)]

    def folder(self):
        """A name for what a run with this selection leaves."""
        words = [f"seed-{self.seed}"]
        if self.limit is not None:
            words.append(f"limit-{self.limit}")
        if self.cves:
            words.append(hashlib.sha256(" ".join(self.cves).encode()).hexdigest()[:12])
        return "-".join(words)
