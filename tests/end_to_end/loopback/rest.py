"""The loopback's REST side: the routes of API v10 that a discord.py bot uses.

A route's template is written as in Discord's OpenAPI document, so that a recorded request finds its schema
there.
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.end_to_end.loopback import traffic
from tests.end_to_end.loopback.channels import Channels
from tests.end_to_end.loopback.gateway import Gateway
from tests.end_to_end.loopback.state import CUT, State
from tests.end_to_end.loopback.traffic import ApiError, RecordedRequest
from tests.end_to_end.loopback.webhooks import Webhooks
from tests.end_to_end.loopback.world import Json

PREFIX = "/api/v10"

# Answers a request with JSON, or with None for "204 No Content".
Endpoint = Callable[[RecordedRequest], Awaitable[Any]]


class Rest:
    """Records each request and checks its token; then a scripted fault answers, or the route's endpoint."""

    def __init__(self, state: State, gateway: Gateway) -> None:
        self._state = state
        self._webhooks = Webhooks(state, gateway)
        self._channels = Channels(state, gateway)

    def add_routes(self, app: web.Application) -> None:
        """Add every route, and one that records what no route knows."""
        for (method, template), endpoint in self._endpoints().items():
            app.router.add_route(method, PREFIX + template, self._serving(template, endpoint))
        app.router.add_route("*", "/{unknown:.*}", self._serving("", self._unknown_route))

    def routes(self) -> list[tuple[str, str]]:
        """Return method and template of every route."""
        return list(self._endpoints())

    def _endpoints(self) -> dict[tuple[str, str], Endpoint]:
        channels, webhooks = self._channels, self._webhooks
        message, webhook = (
            "/channels/{channel_id}/messages/{message_id}",
            "/webhooks/{webhook_id}/{webhook_token}",
        )
        commands = "/applications/{application_id}"
        return {
            ("GET", "/users/@me"): self._bot_user,
            ("POST", "/users/@me/channels"): channels.open_direct,
            ("GET", "/users/{user_id}"): self._user,
            ("GET", "/oauth2/applications/@me"): self._application,
            ("GET", "/applications/@me"): self._application,
            ("GET", "/gateway"): self._gateway_address,
            ("GET", "/gateway/bot"): self._gateway_address,
            ("GET", f"{commands}/commands"): self._get_commands,
            ("PUT", f"{commands}/commands"): self._put_commands,
            ("GET", f"{commands}/guilds/{{guild_id}}/commands"): self._get_commands,
            ("PUT", f"{commands}/guilds/{{guild_id}}/commands"): self._put_commands,
            ("GET", "/guilds/{guild_id}"): channels.get_guild,
            ("GET", "/guilds/{guild_id}/channels"): channels.get_guild_channels,
            ("GET", "/guilds/{guild_id}/members/{user_id}"): channels.get_member,
            ("GET", "/guilds/{guild_id}/roles"): channels.get_roles,
            ("GET", "/channels/{channel_id}"): channels.get_channel,
            ("POST", "/channels/{channel_id}/typing"): channels.type,
            ("POST", "/channels/{channel_id}/threads"): channels.start_thread,
            ("GET", "/channels/{channel_id}/messages"): channels.get_messages,
            ("POST", "/channels/{channel_id}/messages"): channels.send,
            ("GET", message): channels.get_message,
            ("PATCH", message): channels.edit,
            ("DELETE", message): channels.delete,
            ("POST", f"{message}/threads"): channels.start_thread,
            ("POST", "/interactions/{interaction_id}/{interaction_token}/callback"): webhooks.callback,
            ("POST", webhook): webhooks.follow_up,
            ("GET", f"{webhook}/messages/@original"): webhooks.get_message,
            ("PATCH", f"{webhook}/messages/@original"): webhooks.edit_message,
            ("DELETE", f"{webhook}/messages/@original"): webhooks.delete_message,
            ("GET", f"{webhook}/messages/{{message_id}}"): webhooks.get_message,
            ("PATCH", f"{webhook}/messages/{{message_id}}"): webhooks.edit_message,
            ("DELETE", f"{webhook}/messages/{{message_id}}"): webhooks.delete_message,
        }

    def _serving(self, template: str, endpoint: Endpoint) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def serve(request: web.Request) -> web.StreamResponse:
            try:
                call = await traffic.record(request, template)
            except ApiError as error:
                self._state.failures.append(f"{request.method} {request.path}: {error}")
                return traffic.json_response(error.payload, error.status)
            self._state.requests.append(call)
            response = await self._scripted(request, call) or await self._answered(call, endpoint)
            call.status = response.status
            self._note_refusal(call)
            self._state.changes.announce()
            await _spoil(request, call, response)
            return response

        return serve

    async def _scripted(self, request: web.Request, call: RecordedRequest) -> web.StreamResponse | None:
        scripted = self._state.faults.get((call.method, call.route))
        fault = scripted.popleft() if scripted else self._state.outage
        return await fault(request, call) if fault else None

    async def _answered(self, call: RecordedRequest, endpoint: Endpoint) -> web.Response:
        try:
            self._check_token(call)
            call.answer = await endpoint(call)
        except ApiError as error:
            call.answer = error.payload
            return traffic.json_response(error.payload, error.status)
        except Exception:
            self._state.failures.append(f"{call}\n{traceback.format_exc()}")
            return traffic.json_response({"message": "500: Internal Server Error", "code": 0}, 500)
        if call.answer is None:
            return web.Response(status=204)
        return traffic.json_response(call.answer, 201 if call.route.endswith("/threads") else 200)

    def _check_token(self, call: RecordedRequest) -> None:
        own_token = call.route.startswith(("/webhooks/", "/interactions/"))
        if not own_token and call.headers.get("Authorization") != f"Bot {self._state.token}":
            raise traffic.unauthorized()

    def _note_refusal(self, call: RecordedRequest) -> None:
        token = call.arguments.get("interaction_token") or call.arguments.get("webhook_token")
        interaction = self._state.interactions.get(token or "")
        if interaction is not None and (call.status or 0) >= 400:
            interaction.refusals.append(call)

    async def _unknown_route(self, call: RecordedRequest) -> None:
        raise traffic.not_found()

    async def _bot_user(self, call: RecordedRequest) -> Json:
        return self._state.world.bot.payload() | {
            "mfa_enabled": False,
            "locale": "en-US",
            "verified": True,
            "email": None,
        }

    async def _user(self, call: RecordedRequest) -> Json:
        user = self._state.world.user(call.id("user_id"))
        if user is None:
            raise traffic.unknown("User")
        return user.payload()

    async def _application(self, call: RecordedRequest) -> Json:
        world = self._state.world
        return {
            "id": str(world.application_id), "name": world.bot.name, "icon": None, "description": "",
            "type": None,
            "bot": world.bot.payload(), "bot_public": True, "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "owner": world.owner.user.payload(), "team": None, "flags": 0, "flags_new": "0",
            "redirect_uris": [],
            "interactions_endpoint_url": None, "role_connections_verification_url": None,
            "approximate_guild_count": 1, "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0, "explicit_content_filter": 0,
            "eligible_oauth2_scopes": [],
        }  # fmt: skip

    async def _gateway_address(self, call: RecordedRequest) -> Json:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        url = self._state.url.replace("http", "ws", 1) + "/gateway"
        return {"url": url, "shards": 1, "session_start_limit": limit}

    async def _get_commands(self, call: RecordedRequest) -> list[Json]:
        return self._state.commands.registered(self._scope(call))

    async def _put_commands(self, call: RecordedRequest) -> list[Json]:
        return self._state.commands.replace(self._scope(call), call.body or [])

    def _scope(self, call: RecordedRequest) -> int | None:
        if call.id("application_id") != self._state.world.application_id:
            raise ApiError(404, 10002, "Unknown Application")
        if "guild_id" not in call.arguments:
            return None
        if call.id("guild_id") != self._state.world.guild_id:
            raise ApiError(403, 50001, "Missing Access")
        return call.id("guild_id")


async def _spoil(request: web.Request, call: RecordedRequest, response: web.StreamResponse) -> None:
    """Do to a finished answer what a fault has asked for."""
    response.headers.update(call.extra_headers)
    if call.answered_after_seconds:
        await asyncio.sleep(call.answered_after_seconds)
    if request.get(CUT) and request.transport is not None:
        request.transport.abort()
