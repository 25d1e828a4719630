"""Holds recorded requests and answers against Discord's own OpenAPI document.

The document is read where the workplace has it, beside the repository; it is not part of the project. Formats
(dates, addresses) are not checked, nor are query and path parameters.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import best_match  # type: ignore[import-untyped]
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.end_to_end.loopback.traffic import RecordedRequest

REPOSITORY = Path(__file__).resolve().parents[2]
DOCUMENT = "urn:discord:openapi"

# discord.py sends ids as JSON numbers; the document has them as strings. Discord takes both.
SNOWFLAKE_AS_SENT = {"anyOf": [{"type": "string", "pattern": "^(0|[1-9][0-9]*)$"}, {"type": "integer", "minimum": 0}]}


def openapi_path() -> Path | None:
    """Return where Discord's OpenAPI document lies, or None where this workplace has none."""
    path = REPOSITORY.parent / "shared" / "discord" / "openapi.json"
    return path if path.is_file() else None


def schema_errors(requests: Iterable[RecordedRequest]) -> list[str]:
    """Return what is wrong with the bodies that a bot sent, empty when nothing is.

    Each entry names method, route, place in the body and what the schema wants there. A route that the
    document does not have is an error too. For a multipart request, `payload_json` is what is looked at.
    Raises:
        FileNotFoundError: the document is missing; ask `openapi_path` first.
    """
    return [error for request in requests for error in _request_errors(request)]


def answer_errors(requests: Iterable[RecordedRequest]) -> list[str]:
    """Return what is wrong with the answers that the loopback gave, errors among them left out.

    Raises:
        FileNotFoundError: the document is missing; ask `openapi_path` first.
    """
    return [error for request in requests for error in _answer_errors(request)]


def has_route(method: str, route: str) -> bool:
    """Say whether Discord's API has a route of that method and template."""
    return method.lower() in _document()["paths"].get(route, {})


def _request_errors(request: RecordedRequest) -> Iterator[str]:
    if not has_route(request.method, request.route):
        yield f"{request.method} {request.path}: Discord's API has no such route"
        return
    wanted = _operation(request).get("requestBody")
    if wanted is None:
        if request.body is not None:
            yield f"{request.method} {request.route}: takes no body, but was sent {request.body!r}"
        return
    if request.body is None:
        if wanted.get("required"):
            yield f"{request.method} {request.route}: needs a body"
        return
    pointer = _pointer("paths", request.route, request.method.lower(), "requestBody", "content", "application/json")
    yield from _errors(request, pointer, request.body)


def _answer_errors(request: RecordedRequest) -> Iterator[str]:
    if request.refused or request.answer is None or not has_route(request.method, request.route):
        return
    status = str(request.status)
    if "application/json" not in _operation(request)["responses"].get(status, {}).get("content", {}):
        yield f"{request.method} {request.route}: Discord does not answer with {status} and a body"
        return
    place = ("responses", status, "content", "application/json")
    yield from _errors(request, _pointer("paths", request.route, request.method.lower(), *place), request.answer)


def _errors(request: RecordedRequest, pointer: str, body: Any) -> Iterator[str]:
    for error in _validator(pointer).iter_errors(body):
        deepest = _cause(error)
        place = "".join(f"[{part!r}]" for part in deepest.absolute_path) or "the body"
        yield f"{request.method} {request.route}: {place}: {_shortened(deepest.message)}"


def _cause(error: Any) -> Any:
    """Follow an error into the alternative that the body was meant to be: the one whose `type` fits it."""
    while error.context:
        branches: dict[Any, list[Any]] = {}
        for inner in error.context:
            branches.setdefault(inner.schema_path[0], []).append(inner)
        meant = [inner for inner in branches.values() if not any(_is_another_kind(one) for one in inner)]
        error = best_match(min(meant or branches.values(), key=len))
    return error


def _shortened(message: str) -> str:
    """Keep both ends: a message opens with the value at fault and closes with what is wrong with it."""
    return message if len(message) <= 500 else f"{message[:200]} … {message[-200:]}"


def _is_another_kind(error: Any) -> bool:
    discriminated = list(error.relative_path) == ["type"] and error.validator in ("enum", "const")
    return discriminated or (error.validator == "type" and not error.relative_path)


def _operation(request: RecordedRequest) -> dict[str, Any]:
    operation: dict[str, Any] = _document()["paths"][request.route][request.method.lower()]
    return operation


def _pointer(*parts: str) -> str:
    escaped = [part.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D") for part in parts]
    return "/".join(["#", *escaped, "schema"])


@cache
def _document() -> dict[str, Any]:
    path = openapi_path()
    if path is None:
        raise FileNotFoundError("Discord's OpenAPI document is not here: ../shared/discord/openapi.json")
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    document["components"]["schemas"]["SnowflakeType"] = SNOWFLAKE_AS_SENT
    return document


@cache
def _validator(pointer: str) -> Draft202012Validator:
    registry: Registry[Any] = Registry().with_resource(DOCUMENT, DRAFT202012.create_resource(_document()))
    return Draft202012Validator({"$ref": DOCUMENT + pointer}, registry=registry)
