"""A polite client for public servers: one request at a time, a gap between two to one host, patience, and limits on everything.

A server may answer slowly, for ever, or with another address; a thread that waits for it is left behind when time is up.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError, InvalidHeader, MaxRetryError, ReadTimeoutError
from urllib3.util import Retry

from pipeline import __version__
from pipeline.errors import BadAddress, ConnectionFailed, DownloadError, HttpError, HttpNotFound, TooSlow, Truncated

AGENT = f"zi/{__version__} (JDIHN intake; takes the PDFs that an integration feed lists)"
CHUNK = 65_536  # bytes asked for at a time
MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
PASSING = {408, 425, 429, 500, 502, 503, 504}
"""Statuses that may be another next time."""

GONE = {404, 410}
LONGEST_ADDRESS = 2_000  # letters: longer ones are refused by common servers

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how much and how often.

    Attributes:
        gap: seconds between the beginnings of two requests to one host.
        connect: seconds for a connection.
        read: seconds without a single byte.
        whole: seconds for a file at one go, from the request to the last byte.
        most_bytes: of a file.
        attempts: requests for one file.
        back_off: seconds; the pauses before the third and later attempts are twice, four times ... as long.
        longest_pause: seconds that a server may ask to wait (Retry-After); asked for more, the file is left for the next run.
    """

    gap: float = 1.0
    connect: float = 10.0
    read: float = 30.0
    whole: float = 300.0
    most_bytes: int = 100_000_000
    attempts: int = 4
    back_off: float = 1.0
    longest_pause: float = 120.0


class Again(Exception):
    """A failure that may pass: ``error`` is what is told when it does not, ``pause`` what the server asks to wait."""

    def __init__(self, error: DownloadError, pause: float | None = None) -> None:
        """A failure with the error that it becomes after the last attempt."""
        super().__init__(error.message)
        self.error = error
        self.pause = pause


@dataclass(slots=True)
class Answer:
    """What a server answers, its body still to come.

    Attributes:
        address: where it was found in the end.
        status: HTTP status.
        headers: names in any case.
        raw: the body.
    """

    address: str
    status: int
    headers: Mapping[str, str]
    raw: BaseHTTPResponse

    def header(self, name: str) -> str:
        """The value of a header that can be sent back as it is; nothing where there is none."""
        value = self.headers.get(name, "").strip()
        return value if re.fullmatch(r"[\x20-\x7e]{1,300}", value) else ""

    @property
    def length(self) -> int | None:
        """Bytes that the body says to have; None where it does not say, or where they are not those of the file."""
        text = self.headers.get("Content-Length", "").strip()
        encoded = self.headers.get("Content-Encoding", "identity").strip().lower() != "identity"
        return int(text) if text.isascii() and text.isdigit() and len(text) < 19 and not encoded else None


@dataclass(slots=True)
class Web:
    """The client.

    Attributes:
        limits: see there.
        sleep: how to pause.
        private: whether addresses inside a private network are followed.
    """

    limits: Limits
    sleep: Callable[[float], None] = time.sleep
    private: bool = False
    _session: requests.Session = field(default_factory=lambda: _session())
    _last: dict[str, float] = field(default_factory=dict)
    _gaps: dict[str, float] = field(default_factory=dict)

    def close(self) -> None:
        """Ends all connections."""
        self._session.close()

    def slow_down(self, host: str, gap: float) -> None:
        """Sets a longer gap for a host that asks for it."""
        self._gaps[host] = max(gap, self.limits.gap)

    def patiently(self, once: Callable[[], T]) -> T:
        """What ``once`` gives, tried again with growing pauses while it fails in a way that may pass.

        Raises:
            DownloadError: it fails for good, or too often.
        """
        policy = Retry(
            total=self.limits.attempts - 1,
            backoff_factor=self.limits.back_off,
            backoff_max=self.limits.longest_pause,
            allowed_methods=["GET"],
        )
        while True:
            try:
                return once()
            except Again as failed:
                try:
                    policy = policy.increment("GET", "", error=HTTPError(failed.error.message))
                except (MaxRetryError, HTTPError):
                    raise failed.error from failed
                pause = failed.pause or 0.0
                if pause > self.limits.longest_pause:
                    raise HttpError(f"{failed.error.message} The server asks to wait {pause:,.0f} seconds.") from failed
                self.sleep(max(pause, policy.get_backoff_time()))

    @contextmanager
    def get(self, address: str, headers: Mapping[str, str], ends: float) -> Iterator[Answer]:
        """The answer to one request, behind all redirects; a status that is no success is one, too.

        Args:
            address: of the file.
            headers: to send beside our own.
            ends: when to give up, by the clock of `time.monotonic`.

        Raises:
            BadAddress: the address, or that of a redirect, is not followed.
            Again: no answer.
        """
        for _ in range(MOST_REDIRECTS + 1):
            address = checked_address(address, private=self.private)
            self._wait_for_turn(urlsplit(address).netloc)
            response = self._answer_in_time(address, headers, ends)
            target = self._target_of(response)
            if target is None:
                try:
                    yield Answer(address, response.status_code, response.headers, response.raw)
                finally:
                    response.close()
                return
            response.close()
            address = joined(address, target)
        raise HttpError(f"The server sends from one address to the next, more than {MOST_REDIRECTS} times.")

    def body(self, answer: Answer, ends: float) -> Iterator[bytes]:
        """The body as it comes, decoded.

        Raises:
            TooSlow: time is up.
            Again: it breaks off.
        """

        def stop() -> None:
            with suppress(ValueError, RuntimeError, OSError):  # the body may just have ended
                answer.raw.shutdown()

        timer = threading.Timer(max(0.0, ends - time.monotonic()), stop)
        timer.daemon = True
        timer.start()
        try:
            while True:
                chunk, fault = _read(answer.raw)
                if time.monotonic() >= ends:
                    raise TooSlow(f"The file did not come within {self.limits.whole:,.0f} seconds.")
                if fault is not None:
                    raise fault
                if not chunk:
                    return
                yield chunk
        finally:
            timer.cancel()

    def check(self, answer: Answer) -> None:
        """Nothing, if the status is a success.

        Raises:
            HttpNotFound: the server knows no such file.
            HttpError: it refuses.
            Again: it may answer otherwise next time.
        """
        if answer.status in GONE:
            raise HttpNotFound(f"The server answers {answer.status}: there is no such file.")
        if answer.status in PASSING:
            raise Again(HttpError(f"The server answers {answer.status}."), _pause(answer))
        if not 200 <= answer.status < 300:
            raise HttpError(f"The server answers {answer.status}.")

    def _target_of(self, response: requests.Response) -> str | None:
        """Where the server sends us to, None where it does not."""
        if response.status_code not in REDIRECTS:
            return None
        try:
            return self._session.get_redirect_target(response)
        except ValueError as error:  # bytes that are no text
            response.close()
            raise BadAddress("The server sends on to an address that is none.") from error

    def _wait_for_turn(self, host: str) -> None:
        gap = self._gaps.get(host, self.limits.gap)
        wait = self._last.get(host, -gap) + gap - time.monotonic()
        if host in self._last and wait > 0:
            self.sleep(wait)
        self._last[host] = time.monotonic()

    def _answer_in_time(self, address: str, headers: Mapping[str, str], ends: float) -> requests.Response:
        """The answer up to its headers. They, too, may drip; so they are waited for in a thread that can be left behind."""
        got: list[requests.Response | Exception] = []

        def ask() -> None:
            try:
                response = self._session.get(
                    address,
                    headers=dict(headers),
                    stream=True,
                    allow_redirects=False,
                    timeout=(self.limits.connect, self.limits.read),
                )
            except (requests.RequestException, HTTPError, ValueError, OSError) as error:
                got.append(error)
            else:
                got.append(response)

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(max(0.0, ends - time.monotonic()))
        if not got:
            raise TooSlow(f"The server did not answer within {self.limits.whole:,.0f} seconds.")
        if isinstance(got[0], Exception):
            raise _told(got[0], urlsplit(address).netloc) from got[0]
        return got[0]


def joined(base: str, address: str) -> str:
    """The address, made whole by the one that it stands in.

    Raises:
        BadAddress: it is none.
    """
    try:
        return urljoin(base, address)
    except ValueError as error:
        raise BadAddress(f"The address {_short(address)} is none.") from error


def checked_address(address: str, *, private: bool) -> str:
    """The address without its fragment.

    Args:
        address: to follow.
        private: whether it may lie inside a private network, or on this machine.

    Raises:
        BadAddress: it is not http(s), has no host, or one that must not be asked.
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise BadAddress(f"The address {_short(address)} is none.") from error
    if parts.scheme not in ("http", "https") or not host or len(address) > LONGEST_ADDRESS:
        raise BadAddress(f"The address {_short(address)} is not followed: it is no http(s) address of a file.")
    if parts.username is not None or parts.password is not None:
        raise BadAddress(f"The address at {host} is not followed: it holds a user name.")
    if not private and is_private(host):
        raise BadAddress(f"The address {_short(address)} is not followed: it lies inside a private network.")
    return urlunsplit(parts._replace(fragment=""))


def is_private(host: str) -> bool:
    """Whether the host, by its name alone, is this machine or one of a private network."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(name).is_global
    except ValueError:
        pass
    try:
        return not ipaddress.ip_address(socket.inet_aton(name)).is_global  # as systems read "127.1", "0177.0.0.1", "2130706433"
    except (OSError, ValueError):
        return name.isdigit() or name.startswith("0x")  # a number beyond all addresses


def _session() -> requests.Session:
    session = requests.Session()
    # Bytes are asked for as they lie on the server, so that lengths and ranges count what is stored.
    session.headers.update({"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"})
    session.auth = _no_login
    return session


def _no_login(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """The request as it is: no login of the user (.netrc) goes to a host that a feed names."""
    return request


def _read(raw: BaseHTTPResponse) -> tuple[bytes, Again | None]:
    """What has come, at most a chunk, and what went wrong."""
    try:
        return raw.read1(CHUNK, decode_content=True) or b"", None
    except ReadTimeoutError:
        return b"", Again(TooSlow("The server stopped sending in the middle of the file."))
    except (HTTPError, OSError, ValueError):
        return b"", Again(Truncated("The connection broke in the middle of the file."))


def _told(error: Exception, host: str) -> Exception:
    """What a failed request is told as."""
    if isinstance(error, requests.exceptions.SSLError):
        return ConnectionFailed(
            f"The certificate of {host} cannot be verified.",
            "Tell the office that runs the server; REQUESTS_CA_BUNDLE=FILE adds a certificate that you trust.",
        )
    if isinstance(error, requests.exceptions.ReadTimeout):
        return Again(TooSlow(f"{host} takes the request and does not answer."))
    if isinstance(error, requests.exceptions.ConnectionError | requests.exceptions.Timeout):
        return Again(ConnectionFailed(f"There is no connection to {host}, or it breaks."))
    if isinstance(error, ValueError):  # requests says so of an address that it cannot make sense of
        return BadAddress(f"The address at {host} cannot be asked for.")
    return Again(ConnectionFailed(f"The answer of {host} is not understood."))


def _pause(answer: Answer) -> float | None:
    """Seconds that the server asks to wait."""
    text = answer.headers.get("Retry-After")
    try:
        return Retry().parse_retry_after(text) if text else None
    except (InvalidHeader, ValueError, OverflowError):
        return None


def _short(address: str) -> str:
    return repr(address if len(address) <= 200 else address[:200] + "...")
