"""A batch of thousands of good, mutated and hostile files: run undisturbed, and again killed at random moments and resumed.

python -m bench.soak [--documents 2000] [--folder FOLDER] [--seed 5] [--jobs 2]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.ledger import LEDGER
from pipeline.limits import Limits

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "data" / "raw"
MUTATED = 0.2  # share of the documents that are mutated samples
SCANS = 0.01  # share that are copies of a scanned sample: its picture is read once, and remembered
KILLS = 3
LIMITS = ("--time-limit", "600", "--page-limit", "120", "--memory", "4096")
"""Time enough that a bomb always runs out of memory first: which of two limits strikes is up to the machine."""
MARK = "ZI_SOAK"
LOOK_EVERY = 0.2  # seconds between two looks at the parent
DIE_WITHIN = 10.0  # seconds in which children must be gone after their parent was killed
MOST_PARENT = 300.0  # megabytes
KILOBYTES = 1024


@dataclass(slots=True)
class Watched:
    """What was seen of a run.

    Attributes:
        code: exit code, negative where it was killed.
        seconds: how long it took.
        memory: megabytes of the parent at each look.
        orphans: processes left when it was over.
    """

    code: int = 0
    seconds: float = 0.0
    memory: list[float] = field(default_factory=list)
    orphans: int = 0


def main() -> int:
    """0 when all holds, 1 when something does not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--folder", type=Path, help="where to work; kept afterwards")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder: Path = asked.folder or Path(temporary)
        archive = folder / "archive"
        kinds = _archive(archive, asked.documents, random.Random(asked.seed))
        print(f"{sum(kinds.values())} files: {', '.join(f'{n} {kind}' for kind, n in kinds.items())}", flush=True)
        whole = _run(archive, folder / "undisturbed", asked.jobs)
        print(f"undisturbed: {whole.seconds:.0f} s, parent at most {max(whole.memory):.0f} MB", flush=True)
        killed = _killed(archive, folder / "killed", asked.jobs, whole.seconds, random.Random(asked.seed))
        again = _run(archive, folder / "killed", asked.jobs)
        return _report(folder, archive, [whole, *killed, again])


def _archive(folder: Path, documents: int, chance: random.Random) -> Counter[str]:
    """Files of each kind, after they were written: samples with another comment at the end, mutated ones, hostile ones."""
    from tests.hostile.build import ALL
    from tests.hostile.mutate import mutations

    folder.mkdir(parents=True)
    samples = sorted(path for path in SAMPLES.glob("*.pdf") if "scan" not in path.name)
    scans = sorted(path for path in SAMPLES.glob("*.pdf") if "scan" in path.name)
    kinds: Counter[str] = Counter()
    for one in ALL:
        (folder / f"hostile-{one.name}.pdf").write_bytes(one.make())
        kinds["hostile"] += 1
    for name, data in mutations(chance.randrange(10**6), round(documents * MUTATED)):
        (folder / f"mutated-{kinds['mutated']:04}-{name}.pdf").write_bytes(data)
        kinds["mutated"] += 1
    while kinds.total() < documents:
        kind = "scan" if kinds["scan"] < documents * SCANS else "sample"
        source = chance.choice(scans if kind == "scan" else samples)
        (folder / f"{kind}-{kinds[kind]:04}.pdf").write_bytes(source.read_bytes() + b"\n%% copy %d\n" % kinds[kind])
        kinds[kind] += 1
    return kinds


def _run(archive: Path, out: Path, jobs: int, kill_after: float | None = None) -> Watched:
    """A run of the program, watched; it is killed after some seconds where that is asked."""
    token = f"{os.getpid()}-{time.monotonic_ns()}"
    command = [sys.executable, "-m", "pipeline.cli", "ingest", str(archive), "--out", str(out), "--jobs", str(jobs)]
    start = time.monotonic()
    process = subprocess.Popen([*command, "--quiet", *LIMITS], env={**os.environ, MARK: token}, cwd=ROOT)
    watched = Watched()
    while process.poll() is None:
        watched.memory.append(_resident(process.pid))
        if kill_after is not None and time.monotonic() - start > kill_after:
            process.send_signal(signal.SIGKILL)
        time.sleep(LOOK_EVERY)
    watched.code, watched.seconds = process.returncode, time.monotonic() - start
    end = time.monotonic() + DIE_WITHIN
    while (left := _marked(token)) and time.monotonic() < end:
        time.sleep(LOOK_EVERY)
    watched.orphans = len(left)
    return watched


def _killed(archive: Path, out: Path, jobs: int, seconds: float, chance: random.Random) -> list[Watched]:
    """Runs that were killed one after the other, each at a random moment of what was left."""
    runs = []
    for number in range(KILLS):
        runs.append(_run(archive, out, jobs, chance.uniform(0.05, 0.3) * seconds))
        done = len(list((out / ".zi" / "rows").rglob("*.zi")))
        print(f"killed {number + 1}: after {runs[-1].seconds:.0f} s, {done} documents done", flush=True)
    return runs


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / KILOBYTES**2


def _marked(token: str) -> list[int]:
    """Processes that were started with the mark and are still there."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and f"{MARK}={token}".encode() in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def _report(folder: Path, archive: Path, runs: Sequence[Watched]) -> int:
    first, second = folder / "undisturbed", folder / "killed"
    faults = list(_faults(archive, first, second, runs))
    with sqlite3.connect(first / LEDGER) as db:
        statuses = dict(db.execute("SELECT status, count(*) FROM documents GROUP BY status").fetchall())
        codes = dict(db.execute("SELECT code, count(*) FROM documents WHERE code IS NOT NULL GROUP BY code").fetchall())
        slowest = db.execute("SELECT max(seconds) FROM documents").fetchone()[0]
    memory = runs[0].memory
    quarter = max(1, len(memory) // 4)
    figures = {
        "statuses": statuses,
        "codes": codes,
        "seconds": round(runs[0].seconds),
        "slowest_s": round(slowest, 1),
        "parent_mb": round(max(max(run.memory) for run in runs), 1),
        "parent_mb_by_quarter": [round(max(memory[k : k + quarter]), 1) for k in range(0, len(memory), quarter)][:4],
        "orphans": sum(run.orphans for run in runs),
        "faults": faults,
    }
    print(json.dumps(figures, indent=2))
    return 1 if faults else 0


def _faults(archive: Path, first: Path, second: Path, runs: Sequence[Watched]) -> Iterator[str]:
    """What does not hold, in words."""
    if (runs[0].code, runs[-1].code) != (1, 1):
        yield f"exit codes {runs[0].code} and {runs[-1].code} instead of 1: some files are broken"
    if any(run.orphans for run in runs):
        yield "processes were left"
    if max(max(run.memory) for run in runs) > MOST_PARENT:
        yield f"the parent took more than {MOST_PARENT:.0f} MB"
    files = {path.name for path in archive.iterdir()}
    for out in (first, second):
        without = files - _with_status(out)
        if without:
            yield f"{len(without)} files without a status in {out.name}, {min(without)} for one"
        over = _over_limit(out)
        if over:
            yield f"{len(over)} documents over their limit in {out.name}, {over[0]} for one"
    one, other = _tables(first), _tables(second)
    if one != other:
        yield f"other bytes after the kills: {', '.join(sorted(name for name in one if one[name] != other.get(name)))}"


def _with_status(out: Path) -> set[str]:
    with sqlite3.connect(out / LEDGER) as db:
        rows = db.execute(
            "SELECT i.source_path FROM inputs i LEFT JOIN documents d ON d.document_id = i.document_id "
            "WHERE i.code IS NOT NULL OR d.status IS NOT NULL"
        ).fetchall()
    return {Path(name).name for (name,) in rows}


def _over_limit(out: Path) -> list[str]:
    limit = float(LIMITS[1])
    slack = Limits().start_seconds
    with sqlite3.connect(out / LEDGER) as db:
        rows = db.execute("SELECT source_path, seconds, attempts FROM documents").fetchall()
    return [name for name, seconds, attempts in rows if seconds > max(1, attempts) * limit + slack]


def _tables(out: Path) -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in out.glob("*.parquet")}


if __name__ == "__main__":
    sys.exit(main())
