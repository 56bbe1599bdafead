"""What the robots.txt of a host closes to programs: asked once per host and run, and honoured.

`zi fetch` is no crawler: it takes what a feed lists for exactly this. But a host that says no is not asked. A robots.txt that
is missing, broken or cannot be had closes nothing.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from pipeline.errors import DownloadError, Forbidden
from pipeline.intake.web import Again, Web

NAME = "zi"
MOST_BYTES = 500_000  # bytes that are read, as RFC 9309 asks for at least
WHOLE = 30.0  # seconds for it at most
LONGEST_GAP = 60.0  # seconds between two requests that a host may ask for (Crawl-delay)


@dataclass(slots=True)
class Robots:
    """The robots.txt of all hosts that were met."""

    web: Web
    _known: dict[str, RobotFileParser | None] = field(default_factory=dict)

    def check(self, address: str) -> None:
        """Nothing, if the host lets programs have the address.

        Raises:
            Forbidden: it does not.
        """
        parts = urlsplit(address)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._known:
            self._known[root] = self._ask(root)
            self._slow_down(parts.netloc, self._known[root])
        rules = self._known[root]
        if rules is not None and not rules.can_fetch(NAME, address):
            raise Forbidden(f"The robots.txt of {parts.netloc} closes the address to programs.")

    def _ask(self, root: str) -> RobotFileParser | None:
        """The rules of a host, None where it has none."""
        ends = time.monotonic() + min(WHOLE, self.web.limits.whole)
        data = bytearray()
        try:
            with self.web.get(f"{root}/robots.txt", {}, ends) as answer:
                if answer.status != 200:
                    return None
                for chunk in self.web.body(answer, ends):
                    data += chunk
                    if len(data) > MOST_BYTES:
                        break
        except (DownloadError, Again):
            return None
        rules = RobotFileParser()
        try:
            rules.parse(bytes(data[:MOST_BYTES]).decode("utf-8-sig", "replace").splitlines())
        except ValueError:  # a path that is no path, a delay of thousands of digits
            return None
        return rules

    def _slow_down(self, host: str, rules: RobotFileParser | None) -> None:
        delay = rules.crawl_delay(NAME) if rules is not None else None
        if delay is not None:
            self.web.slow_down(host, float(min(int(delay), LONGEST_GAP)))
