"""What Discord takes of a request, beyond what its OpenAPI document says: written by hand from its documentation.

Lengths and counts of a message are the loopback's (`tests.end_to_end.loopback.limits`), commands and forms are in
`tests.bot.command_rules`; here are kinds of requests, keys, addresses, mentions, menus, and files that are shown.
Sources: discord.com/developers/docs/resources/message, …/components/reference, …/interactions/receiving-and-responding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from tests.bot.command_rules import command_faults, form_faults
from tests.end_to_end.loopback.limits import COMPONENTS_V2_FLAG, choice_errors, is_empty, message_errors, walk_components
from tests.end_to_end.loopback.traffic import RecordedRequest

Json = dict[str, Any]

ID = r"\d+"
TOKEN = r"[^/]+"
# Every request that the bot makes, by Discord's own templates.
ROUTES = {
    ("PUT", rf"/applications/{ID}/commands"): "/applications/{application_id}/commands",
    ("GET", rf"/applications/{ID}/commands"): "/applications/{application_id}/commands",
    ("POST", rf"/interactions/{ID}/{TOKEN}/callback"): "/interactions/{interaction_id}/{interaction_token}/callback",
    ("PATCH", rf"/webhooks/{ID}/{TOKEN}/messages/@original"): "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
    ("POST", rf"/webhooks/{ID}/{TOKEN}"): "/webhooks/{webhook_id}/{webhook_token}",
    ("POST", rf"/channels/{ID}/messages"): "/channels/{channel_id}/messages",
    ("PATCH", rf"/channels/{ID}/messages/{ID}"): "/channels/{channel_id}/messages/{message_id}",
    ("POST", rf"/channels/{ID}/typing"): "/channels/{channel_id}/typing",
    ("GET", rf"/channels/{ID}/messages/{ID}"): "/channels/{channel_id}/messages/{message_id}",
    ("GET", rf"/channels/{ID}"): "/channels/{channel_id}",
    ("GET", r"/oauth2/applications/@me"): "/oauth2/applications/@me",
    ("GET", r"/users/@me"): "/users/@me",
    ("POST", r"/users/@me/channels"): "/users/@me/channels",
}
MESSAGE, LATER_MESSAGE, LATER_UPDATE, UPDATE, CHOICES, FORM = 4, 5, 6, 7, 8, 9  # kinds of answers to an interaction

MESSAGE_KEYS = {
    "content", "embeds", "components", "flags", "allowed_mentions", "attachments", "nonce", "enforce_nonce", "tts",
    "message_reference",
}  # fmt: skip
EMBED_KEYS = {
    "title", "type", "description", "url", "timestamp", "color", "footer", "image", "thumbnail", "author", "fields", "flags",
}  # fmt: skip
ROW, BUTTON, MENU, SECTION, TEXT, GALLERY, FILE, SEPARATOR, FRAME = 1, 2, 3, 9, 10, 12, 13, 14, 17
USER_MENU, ROLE_MENU, MENTIONABLE_MENU, CHANNEL_MENU = 5, 6, 7, 8
MENUS = {MENU, USER_MENU, ROLE_MENU, MENTIONABLE_MENU, CHANNEL_MENU}
MENU_KEYS = {"custom_id", "placeholder", "min_values", "max_values", "disabled", "required"}
KEYS: dict[int, set[str]] = {
    ROW: {"components"},
    BUTTON: {"style", "label", "emoji", "custom_id", "url", "disabled"},
    MENU: MENU_KEYS | {"options"},
    CHANNEL_MENU: MENU_KEYS | {"channel_types", "default_values"},
    **dict.fromkeys((USER_MENU, ROLE_MENU, MENTIONABLE_MENU), MENU_KEYS | {"default_values"}),
    SECTION: {"components", "accessory"},
    TEXT: {"content"},
    GALLERY: {"items"},
    FILE: {"file", "spoiler"},
    SEPARATOR: {"divider", "spacing"},
    FRAME: {"components", "accent_color", "spoiler"},
}
NEWER = {SECTION, TEXT, GALLERY, FILE, SEPARATOR, FRAME}
LINK_STYLE = 5
PLACEHOLDER, DESCRIPTION = 150, 1024
WEB = re.compile(r"https?://[^\s]+\Z")
LINK_BUTTON = re.compile(r"(?:https?|discord)://[^\s]+\Z")
SHOWN = re.compile(r"attachment://([\w.-]+)\Z")
# A masked link, unless a backslash stands before its bracket; its address may stand between < and >.
MASKED = re.compile(r"(?<!\\)(?:\\\\)*\[[^\[\]\n]*(?<!\\)\]\((?:<([^>\n]*)>|([^)\n]*))\)")
# What would ping or be replaced, unless it is escaped; a channel, a time and a command of ours do no harm and are the bot's own.
OURS = r"(?:article (?:list|show)|ask|check|help|metric (?:compare|export|list|search|show)|privacy|reindex|settings|stats)"
PING = re.compile(rf"(?<!\\)(?:\\\\)*(?:@(?:everyone|here)|<@[!&]?\d+>|<a?:\w+:\d+>|</(?!{OURS}:\d{{17,20}}>)[^>\n]+:\d+>)")
CODE = re.compile(r"```.*?```", re.DOTALL)


def request_faults(method: str, path: str, body: Any) -> list[str]:
    """What Discord would refuse in a request, or do with it that we never want; empty when nothing."""
    route = route_of(method, path)
    if route is None:
        return [f"{method} {path}: the bot is not known to make such a request"]
    return [f"{method} {route}: {fault}" for fault in (*_encoding_faults(body), *_body_faults(method, route, body))]


def route_of(method: str, path: str) -> str | None:
    """The template of a path; `None` for one that the bot has no business with."""
    return next((route for (verb, form), route in ROUTES.items() if verb == method and re.fullmatch(form, path)), None)


def as_recorded(method: str, path: str, body: Any) -> RecordedRequest:
    """A request as `tests.end_to_end.api_schema` takes it."""
    return RecordedRequest(method, path, route_of(method, path) or path, {}, {}, {}, body)


def shown_texts(body: Any) -> list[str]:
    """Every text of a message that Discord reads as Markdown."""
    texts = [body.get("content") or ""]
    texts += [embed.get("description") or "" for embed in body.get("embeds") or []]
    texts += [part["content"] for part in walk_components(body.get("components") or []) if part.get("type") == TEXT]
    return [text for text in texts if text]


def _encoding_faults(body: Any) -> Iterator[str]:
    for text in _strings(body):
        if any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
            yield f"half a letter, which is no JSON: {ascii(text)[:80]}"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from (*_strings(key), *_strings(held))
    elif isinstance(value, list):
        for held in value:
            yield from _strings(held)


def _body_faults(method: str, route: str, body: Any) -> Iterable[str]:
    if method == "PUT":
        return command_faults(body)
    if route.endswith("/callback"):
        return _callback_faults(body)
    if "messages" in route or "webhooks" in route:
        return () if method == "GET" else _message_faults(body, new=method == "POST")
    return [f"a body: {body}"] if body and method == "GET" else []


def _callback_faults(body: Json) -> Iterator[str]:
    yield from _unknown("an answer to an interaction", body, {"type", "data"})
    kind, data = body.get("type"), body.get("data") or {}
    if kind in (MESSAGE, UPDATE):
        yield from _message_faults(data, new=kind == MESSAGE)
    elif kind in (LATER_MESSAGE, LATER_UPDATE):
        yield from _unknown("an acknowledgement", data, {"flags"})
    elif kind == CHOICES:
        yield from _unknown("choices", data, {"choices"})
        if errors := choice_errors(data.get("choices") or []):
            yield f"{errors}"
        for choice in data.get("choices") or []:
            yield from _unknown("a choice", choice, {"name", "value", "name_localizations"})
    elif kind == FORM:
        yield from form_faults(data)
    else:
        yield f"an answer of kind {kind}"


# --- messages --------------------------------------------------------------------------------------------------------


def _message_faults(body: Json, new: bool) -> Iterator[str]:
    yield from _unknown("a message", body, MESSAGE_KEYS)
    files = [file.get("filename", "") for file in body.get("attachments") or []]
    if errors := message_errors(body, len(files)):
        yield f"{errors}"
    if new and is_empty(body.get("content") or "", body.get("embeds"), body.get("components"), files):
        yield "an empty message"
    yield from _mention_faults(body)
    for text in shown_texts(body):
        yield from _markup_faults(text)
    for embed in body.get("embeds") or []:
        yield from _embed_faults(embed)
    parts = list(walk_components(body.get("components") or []))
    for part in parts:
        yield from _part_faults(part, newer=bool((body.get("flags") or 0) & COMPONENTS_V2_FLAG))
    numbers = [part["id"] for part in parts if part.get("id")]
    if len(set(numbers)) < len(numbers):
        yield f"two components have one number: {sorted(numbers)}"
    yield from _file_faults(body, files)


def _mention_faults(body: Json) -> Iterator[str]:
    allowed = body.get("allowed_mentions")
    if not any(body.get(key) for key in ("content", "embeds", "components")):
        return
    if not isinstance(allowed, dict) or allowed.get("parse") != [] or any(v for k, v in allowed.items() if k != "parse"):
        yield f"mentions are allowed: {allowed}"


def _markup_faults(text: str) -> Iterator[str]:
    text = CODE.sub("", text)
    for match in MASKED.finditer(text):
        if not WEB.match(match[1] or match[2] or ""):
            yield f"a link to {match[1] or match[2]!r}"
    if ping := PING.search(text):
        yield f"a mention: {ping[0]!r}"


def _embed_faults(embed: Json) -> Iterator[str]:
    yield from _unknown("an embed", embed, EMBED_KEYS)
    addresses = [embed.get("url"), *((embed.get(key) or {}).get("url") for key in ("author", "image", "thumbnail"))]
    addresses += [(embed.get(key) or {}).get("icon_url") for key in ("author", "footer")]
    for address in filter(None, addresses):
        if not WEB.match(address) and not SHOWN.match(address):
            yield f"an embed's address {address!r}"


def _file_faults(body: Json, files: list[str]) -> Iterator[str]:
    """A picture or file that is shown must be sent with it; one that is sent in the newer layout must be shown."""
    wanted = {match[1] for text in _strings({**body, "attachments": []}) if (match := SHOWN.match(text))}
    if missing := wanted - set(files):
        yield f"files are shown but not sent: {sorted(missing)}"
    if (body.get("flags") or 0) & COMPONENTS_V2_FLAG and (hidden := set(files) - wanted):
        yield f"files are sent but not shown: {sorted(hidden)}"
    for name in files:
        if name and not re.fullmatch(r"[\w.-]{1,100}", name):
            yield f"a file's name {name!r}, which Discord would change"


# --- components ------------------------------------------------------------------------------------------------------


def _part_faults(part: Json, newer: bool) -> Iterator[str]:
    kind = part.get("type", 0)
    if kind not in KEYS:
        yield f"a component of kind {kind}"
        return
    yield from _unknown(f"a component of kind {kind}", part, KEYS[kind] | {"type", "id"})
    if kind in NEWER and not newer:
        yield f"a component of kind {kind} in a message of the older layout"
    if kind == BUTTON:
        yield from _button_faults(part)
    elif kind in MENUS:
        yield from _menu_faults(part)
    elif kind == TEXT and not part["content"].strip():
        yield "a text without words"
    else:
        yield from _holder_faults(kind, part)


def _holder_faults(kind: int, part: Json) -> Iterator[str]:
    inside = [one["type"] for one in part.get("components") or []]
    if kind == ROW and not (inside and (set(inside) == {BUTTON} or (len(inside) == 1 and inside[0] in MENUS))):
        yield f"a row of {inside}"
    if kind == FRAME and (not inside or not set(inside) <= {ROW, TEXT, SECTION, GALLERY, SEPARATOR, FILE}):
        yield f"a frame around {inside}"
    if kind == SECTION and not (1 <= len(inside) <= 3 and set(inside) == {TEXT} and part.get("accessory")):
        yield f"a section of {inside} beside {part.get('accessory')}"
    if kind == GALLERY:
        items = part.get("items") or []
        if not 1 <= len(items) <= 10 or any(len(item.get("description") or "") > DESCRIPTION for item in items):
            yield f"a gallery of {len(items)} pictures, or a description that is too long"
        if not all(WEB.match(item["media"]["url"]) or SHOWN.match(item["media"]["url"]) for item in items):
            yield "a picture with an address that Discord does not load"
    if kind == FILE and not SHOWN.match(part["file"]["url"]):
        yield f"a file at {part['file']['url']!r}"


def _button_faults(button: Json) -> Iterator[str]:
    link = button.get("style") == LINK_STYLE
    if link and not LINK_BUTTON.match(button.get("url") or ""):
        yield f"a button that leads to {button.get('url')!r}"
    if link == bool(button.get("custom_id")) or link != bool(button.get("url")):
        yield "a button leads somewhere or has an id, never both or neither"
    if not (button.get("label") or "").strip() and not button.get("emoji"):
        yield "a button without a label or sign"
    if button.get("style") not in (1, 2, 3, 4, LINK_STYLE):
        yield f"a button of style {button.get('style')}"


def _menu_faults(menu: Json) -> Iterator[str]:
    if not menu.get("custom_id"):
        yield "a menu without an id"
    if len(menu.get("placeholder") or "") > PLACEHOLDER:
        yield f"a menu's hint has {len(menu['placeholder'])} letters"
    least, most = menu.get("min_values", 1), menu.get("max_values", 1)
    if not 0 <= least <= most <= 25 or most < 1:
        yield f"a menu of which {least} to {most} are to be chosen"
    if menu["type"] != MENU:
        if len(menu.get("default_values") or []) > most:
            yield "more is chosen at first than may be"
        return
    options = menu.get("options") or []
    values = [option.get("value") for option in options]
    if not options or most > len(options) or len(set(values)) < len(values):
        yield f"a menu of {values}, of which {most} may be chosen"
    if sum(bool(option.get("default")) for option in options) > most:
        yield "more is chosen at first than may be"
    for option in options:
        yield from _unknown("a choice of a menu", option, {"label", "value", "description", "emoji", "default"})


def _unknown(what: str, holder: Json, known: set[str]) -> Iterator[str]:
    if strange := sorted(set(holder) - known):
        yield f"{what} has keys that Discord does not know: {strange}"
