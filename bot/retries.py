"""Which failed requests to Discord may be made again, and how long to wait before. Pure: knows no network and no clock.

The waits grow exponentially and are scattered, so that many answers that failed together do not come back together.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

# Everything that a request can raise before there is an answer; a time that runs out is an OSError as well.
NETWORK_FAILURES = (aiohttp.ClientError, OSError)
TOO_MANY_REQUESTS = 429
SERVER_ERRORS = 500


@dataclass(frozen=True, slots=True)
class Backoff:
    """How the waits between tries grow, in seconds."""

    first: float
    longest: float

    def wait(self, tries: int) -> float:
        """Seconds to wait after that many tries, counted from 0: between half and all of the doubled first wait."""
        # "Equal jitter": https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
        return random.uniform(0.5, 1.0) * min(self.longest, self.first * 2.0 ** min(tries, 30))


@dataclass(frozen=True, slots=True)
class Refusal:
    """An HTTP answer that says no.

    `retry_after` is Discord's own wait in seconds, 0 where none was named; `everything` is true where it holds for all
    requests and not for this one alone.
    """

    status: int
    retry_after: float = 0.0
    everything: bool = False

    @property
    def passing(self) -> bool:
        """Whether the same request may succeed later."""
        return self.status == TOO_MANY_REQUESTS or self.status >= SERVER_ERRORS

    @property
    def unsure(self) -> bool:
        """Whether Discord may have done what was asked all the same."""
        return self.status >= SERVER_ERRORS


def refusal(status: int, headers: Mapping[str, str], body: object) -> Refusal:
    """Read an answer that says no; Cloudflare, which stands before Discord, names the wait in a header alone."""
    told = body if isinstance(body, dict) else {}
    named = told.get("retry_after", headers.get("Retry-After", 0.0))
    try:
        seconds = max(0.0, float(named))
    except (TypeError, ValueError):  # HTTP allows a date there; nobody sends one
        seconds = 0.0
    return Refusal(status, seconds if status == TOO_MANY_REQUESTS else 0.0, bool(told.get("global")))


def may_have_arrived(failure: BaseException) -> bool:
    """Whether a request that failed on the way may have been done: not where no connection came about."""
    return not isinstance(failure, aiohttp.ClientConnectorError)


def failure_kind(failure: BaseException | None) -> str:
    """A failure for the log: its kind and status; its own text may hold an address with a token."""
    status = getattr(failure, "status", None)
    return type(failure).__name__ + (f" {status}" if status else "")


def free_again_after(headers: Mapping[str, str]) -> float:
    """Seconds until Discord takes another request of the same kind; 0 while it still takes some."""
    if headers.get("X-RateLimit-Remaining") != "0":
        return 0.0
    try:
        return max(0.0, float(headers.get("X-RateLimit-Reset-After", 0.0)))
    except ValueError:
        return 0.0
