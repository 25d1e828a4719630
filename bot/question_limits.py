"""How many questions a member and a server may ask in a time. Knows no Discord and no article.

Counts are kept in memory and start anew with the process, except those of a day, where the activity database also counts.
"""

import datetime as dt
import enum
import math
import threading
from collections import Counter, deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from bot.wording import Wording


@dataclass(frozen=True, slots=True)
class Rate:
    """At most so many questions in any stretch of so many seconds."""

    questions: int
    seconds: float


MEMBER_RATE = Rate(5, 60.0)  # our choice: as fast as anybody reads answers
SERVER_RATE = Rate(240, 60.0)  # our choice: what two cores answer in a minute, so that one server cannot fill the queue for long


class Limit(enum.StrEnum):
    """What was reached."""

    MEMBER = "member"
    SERVER = "server"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question is not taken, how many are, and from when on the next one is (UTC)."""

    limit: Limit
    most: int
    until: dt.datetime

    def sentence(self, say: Wording) -> str:
        """The same for the member; Discord shows the time as "in 20 seconds"."""
        when = f"<t:{math.ceil(self.until.timestamp())}:R>"
        if self.limit is Limit.MEMBER:
            return say("You can ask {count} questions a minute. The next one {when}, please.", count=self.most, when=when)
        if self.limit is Limit.SERVER:
            return say(
                "The members of this server can ask {count} questions a minute together. The next one {when}, please.",
                count=self.most,
                when=when,
            )
        return say(
            "Questions that this server allows you a day: {count}. The next one {when}, please.", count=self.most, when=when
        )


def utc_now() -> dt.datetime:
    """The time of this machine's clock."""
    return dt.datetime.now(dt.UTC)


class QuestionLimits:
    """Takes questions until a limit is reached; for any number of threads."""

    def __init__(
        self,
        clock: Callable[[], dt.datetime] = utc_now,
        asked_today: Callable[[int, int], int] | None = None,
        member_rate: Rate = MEMBER_RATE,
        server_rate: Rate = SERVER_RATE,
    ) -> None:
        """Begin to count.

        Args:
            clock: gives the time in UTC.
            asked_today: how many questions of a server's member (server, member) the database knows of today, so that a
                restart does not give everybody a new day; `Activity.asked_today`.
        """
        self._clock, self._asked_today = clock, asked_today or (lambda server_id, user_id: 0)
        self._members, self._servers = _Recent(member_rate), _Recent(server_rate)
        self._day = clock().date()
        self._of_day: Counter[tuple[int, int]] = Counter()
        self._lock = threading.Lock()

    def refusal(self, user_id: int, server_id: int | None, daily_limit: int | None = None) -> Refusal | None:
        """Take a question, or say why not. A question that is not taken does not count.

        Args:
            server_id: `None` in direct messages, where only the member's own rate counts.
            daily_limit: of the server for each member, if it has one.
        Returns:
            Of several limits that are reached, the one that lasts longest; `None` when the question was taken.
        Raises:
            BotDatabaseError: the activity database cannot be read.
        """
        with self._lock:
            now = self._clock()
            self._begin_day(now)
            reached = [self._members.refusal(Limit.MEMBER, user_id, now)]
            if server_id is not None:
                reached.append(self._servers.refusal(Limit.SERVER, server_id, now))
                reached.append(self._refusal_of_day(user_id, server_id, daily_limit))
            if refusals := [refusal for refusal in reached if refusal]:
                return max(refusals, key=lambda refusal: refusal.until)
            self._members.add(user_id, now)
            if server_id is not None:
                self._servers.add(server_id, now)
                self._of_day[server_id, user_id] += 1
            return None

    def give_back(self, user_id: int, server_id: int | None) -> None:
        """Count a question that was taken no longer: nothing came of it, for it could not be read."""
        with self._lock:
            self._members.give_back(user_id)
            if server_id is not None:
                self._servers.give_back(server_id)
                self._of_day[server_id, user_id] = max(0, self._of_day[server_id, user_id] - 1)

    def _refusal_of_day(self, user_id: int, server_id: int, daily_limit: int | None) -> Refusal | None:
        if daily_limit is None:
            return None
        # The database knows of the days before a restart; we know of today also where nothing is kept.
        asked = max(self._of_day[server_id, user_id], self._asked_today(server_id, user_id))
        tomorrow = dt.datetime.combine(self._day + dt.timedelta(days=1), dt.time(), dt.UTC)
        return Refusal(Limit.DAY, daily_limit, tomorrow) if asked >= daily_limit else None

    def _begin_day(self, now: dt.datetime) -> None:
        if now.date() != self._day:
            self._day = now.date()
            self._of_day.clear()
            self._members.forget_idle(now)
            self._servers.forget_idle(now)


class _Recent:
    """When each of many askers asked within the last moments."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._span = dt.timedelta(seconds=rate.seconds)
        self._times: dict[Hashable, deque[dt.datetime]] = {}

    def refusal(self, limit: Limit, asker: Hashable, now: dt.datetime) -> Refusal | None:
        times = self._times.get(asker)
        while times and times[0] + self._span <= now:
            times.popleft()
        return (
            Refusal(limit, self._rate.questions, times[0] + self._span) if times and len(times) >= self._rate.questions else None
        )

    def add(self, asker: Hashable, now: dt.datetime) -> None:
        self._times.setdefault(asker, deque()).append(now)

    def give_back(self, asker: Hashable) -> None:
        if times := self._times.get(asker):
            times.pop()

    def forget_idle(self, now: dt.datetime) -> None:
        self._times = {asker: times for asker, times in self._times.items() if times and times[-1] + self._span > now}
