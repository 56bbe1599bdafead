"""How much memory a process has used, as far as the system tells."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

KIB = 1024


@dataclass(frozen=True, slots=True)
class Memory:
    """What a process has used, in bytes; 0 where it is not known.

    Attributes:
        resident: the highest so far.
        address_space: at this moment; its highest cannot be reset between documents.
    """

    resident: int = 0
    address_space: int = 0

    def and_later(self, later: Memory) -> Memory:
        """The higher of both, so that what was seen from time to time adds up to the highest that was seen."""
        return Memory(max(self.resident, later.resident), max(self.address_space, later.address_space))


def memory_of(pid: int | None = None) -> Memory:
    """What a process has used (this one where none is given); nothing where the system does not tell, or it is gone."""
    try:
        lines = Path(f"/proc/{pid or 'self'}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return Memory() if pid else _told_by_python()
    values = {name: rest.split()[0] for name, _, rest in (line.partition(":") for line in lines) if rest.split()}
    return Memory(_kib(values.get("VmHWM")), _kib(values.get("VmSize")))


def reset_peak() -> None:
    """Lets the highest of this process begin anew, where the system can (Linux)."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _kib(value: str | None) -> int:
    return int(value) * KIB if value is not None and value.isdigit() else 0


def _told_by_python() -> Memory:
    """Where there is no /proc: since the process began, in the unit of the system; nothing on Windows."""
    if sys.platform == "win32":
        return Memory()
    import resource

    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Memory(highest if sys.platform == "darwin" else highest * KIB)
