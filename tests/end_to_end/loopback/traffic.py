"""REST requests as the loopback server records them, and the errors it answers with."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from tests.end_to_end.loopback.world import Json


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart request, in the order in which they were sent."""

    filename: str
    content_type: str
    content: bytes


@dataclass(slots=True)
class RecordedRequest:
    """One REST request and what was answered.

    `route` is the path's template as Discord's OpenAPI document writes it, without the version prefix, and
    empty for a path that the loopback does not know. `at` is `time.monotonic()` on arrival. `status` and
    `answer` are filled in when the answer is sent; `answer` is None where there is no body. A fault may give the
    answer `extra_headers`, or have it wait for `answered_after_seconds`.
    """

    method: str
    path: str
    route: str
    arguments: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any
    uploads: tuple[Upload, ...] = ()
    at: float = field(default_factory=time.monotonic)
    status: int | None = None
    answer: Any = None
    extra_headers: Mapping[str, str] = field(default_factory=dict)
    answered_after_seconds: float = 0.0

    def id(self, name: str) -> int:
        """Return a snowflake of the path, e.g. `channel_id`; 0 where it is no number."""
        value = self.arguments[name]
        return int(value) if value.isdecimal() else 0

    @property
    def refused(self) -> bool:
        """Whether it was answered with an error."""
        return self.status is not None and self.status >= 400

    @property
    def code(self) -> int | None:
        """Discord's error code, where the request was refused with one."""
        return self.answer.get("code") if self.refused and isinstance(self.answer, dict) else None

    def __str__(self) -> str:
        refusal = f" {self.answer}" if self.refused else ""
        return f"{self.method} {self.path} -> {self.status}{refusal}"


class ApiError(Exception):
    """A refusal as Discord words it: status, error code, message and, for 50035, the fields at fault."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.errors = errors
        self.payload: Json = {"message": message, "code": code} | ({"errors": errors} if errors else {})


# The codes: discord.com/developers/docs/topics/opcodes-and-status-codes#json


def unauthorized() -> ApiError:
    """The bot's token is missing or wrong."""
    return ApiError(401, 0, "401: Unauthorized")


def not_found() -> ApiError:
    """There is no such route."""
    return ApiError(404, 0, "404: Not Found")


def unknown(what: str) -> ApiError:
    """There is no such channel, guild, member, message, webhook, interaction or user."""
    codes = {
        "Channel": 10003, "Guild": 10004, "Member": 10007, "Message": 10008, "User": 10013, "Webhook": 10015,
        "interaction": 10062,
    }  # fmt: skip
    return ApiError(404, codes[what], f"Unknown {what}")


def already_acknowledged() -> ApiError:
    """A second callback for one interaction."""
    return ApiError(400, 40060, "Interaction has already been acknowledged.")


def expired_token() -> ApiError:
    """The interaction's token is past its 15 minutes."""
    return ApiError(401, 50027, "Invalid Webhook Token")


def empty_message() -> ApiError:
    """Neither text nor embed nor file nor component."""
    return ApiError(400, 50006, "Cannot send an empty message")


def invalid_form(errors: Json) -> ApiError:
    """One or more fields break a limit; `errors` mirrors the body's shape."""
    return ApiError(400, 50035, "Invalid Form Body", errors)


def json_response(payload: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """Answer with JSON; discord.py parses a body only when its type is exactly `application/json`."""
    body = json.dumps(payload).encode()
    return web.Response(body=body, status=status, headers={**(headers or {}), "Content-Type": "application/json"})


async def record(request: web.Request, route: str) -> RecordedRequest:
    """Read a request whole, a multipart one with its files.

    Raises:
        ApiError: the body is not the JSON that it should be.
    """
    body, uploads = await _body(request)
    return RecordedRequest(
        method=request.method,
        path=request.path,
        route=route,
        arguments=dict(request.match_info),
        query=dict(request.query),
        headers=dict(request.headers),
        body=body,
        uploads=uploads,
    )


async def _body(request: web.Request) -> tuple[Any, tuple[Upload, ...]]:
    if request.content_type != "multipart/form-data":
        return _parsed(await request.text()), ()
    body: Any = None
    uploads: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read())
        if part.name == "payload_json":
            body = _parsed(content.decode())
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            uploads.append(Upload(part.filename or "", kind, content))
    return body, tuple(uploads)


def _parsed(text: str) -> Any:
    if not text:
        return None
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise ApiError(400, 50109, "The request body contains invalid JSON.") from None
