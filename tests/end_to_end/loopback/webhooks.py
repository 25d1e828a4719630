"""The routes that an interaction's token opens: its callback, its original response and its follow-ups."""

from __future__ import annotations

from collections.abc import Callable

from tests.end_to_end.loopback import interactions, limits, traffic
from tests.end_to_end.loopback.gateway import Gateway
from tests.end_to_end.loopback.interactions import Interaction
from tests.end_to_end.loopback.messages import CHAT_INPUT_COMMAND, EPHEMERAL, LOADING, REPLY, Message
from tests.end_to_end.loopback.state import State
from tests.end_to_end.loopback.traffic import RecordedRequest
from tests.end_to_end.loopback.world import Json


class Webhooks:
    """Answers interactions by the rules of Discord's clock."""

    def __init__(self, state: State, gateway: Gateway) -> None:
        self._state = state
        self._gateway = gateway

    async def callback(self, call: RecordedRequest) -> Json | None:
        """POST /interactions/{interaction_id}/{interaction_token}/callback.

        Raises:
            ApiError: too late, not the first, or a body that breaks a limit. Such a body acknowledges
            nothing.
        """
        interaction = self._interaction(call, "interaction_token", traffic.unknown("interaction"))
        if interaction.id != call.id("interaction_id"):
            raise traffic.unknown("interaction")
        kind = call.body["type"]
        interaction.check_open(kind)
        try:
            message = self._respond(interaction, kind, call)
        except traffic.ApiError as error:
            raise traffic.invalid_form({"data": error.errors}) if error.errors else error from None
        interaction.acknowledge(kind)
        if message is not None and kind != interactions.UPDATE:
            await self._gateway.announce_message(message)
        wanted = call.query.get("with_response") in ("1", "true")
        return self._callback_answer(interaction, kind, message) if wanted else None

    async def follow_up(self, call: RecordedRequest) -> Json:
        """POST /webhooks/{webhook_id}/{webhook_token}."""
        interaction = self._acknowledged(call)
        original = interaction.original_id
        # An original that still loads is filled in place of a new message, and stays ephemeral or not as it
        # was: discord.com/developers/docs/interactions/receiving-and-responding#create-followup-message
        if original is not None and self._state.book.get(original).loading:
            return self._state.book.edit(original, call.body, call.uploads).payload()
        message = self._create(interaction, call.body, call, kind=REPLY, reference_id=original)
        interaction.follow_up_ids.append(message.id)
        await self._gateway.announce_message(message)
        return message.payload()

    async def get_message(self, call: RecordedRequest) -> Json:
        """GET /webhooks/{webhook_id}/{webhook_token}/messages/…."""
        return self._state.book.get(self._message_id(call)).payload()

    async def edit_message(self, call: RecordedRequest) -> Json:
        """PATCH /webhooks/{webhook_id}/{webhook_token}/messages/…."""
        return self._state.book.edit(self._message_id(call), call.body, call.uploads).payload()

    async def delete_message(self, call: RecordedRequest) -> None:
        """DELETE /webhooks/{webhook_id}/{webhook_token}/messages/…."""
        self._state.book.delete(self._message_id(call))

    def _respond(self, interaction: Interaction, kind: int, call: RecordedRequest) -> Message | None:
        answers: dict[int, Callable[[Interaction, Json, RecordedRequest], Message | None]] = {
            interactions.MESSAGE: self._answer_message, interactions.DEFERRED_MESSAGE: self._answer_later,
            interactions.UPDATE: self._update_source, interactions.DEFERRED_UPDATE: self._update_later,
            interactions.CHOICES: self._answer_choices, interactions.MODAL: self._answer_modal,
        }  # fmt: skip
        return answers[kind](interaction, call.body.get("data") or {}, call)

    def _answer_message(self, interaction: Interaction, data: Json, call: RecordedRequest) -> Message:
        message = self._create(interaction, data, call, kind=self._first_kind(interaction))
        interaction.original_id = message.id
        return message

    def _answer_later(self, interaction: Interaction, data: Json, call: RecordedRequest) -> Message:
        flags = LOADING | (data.get("flags") or 0) & EPHEMERAL
        message = self._create(interaction, {"flags": flags}, call, kind=self._first_kind(interaction))
        interaction.original_id = message.id
        return message

    def _update_source(self, interaction: Interaction, data: Json, call: RecordedRequest) -> Message:
        interaction.original_id = interaction.source_id
        return self._state.book.edit(interaction.message_id("@original"), data, call.uploads)

    def _update_later(self, interaction: Interaction, data: Json, call: RecordedRequest) -> None:
        interaction.original_id = interaction.source_id

    def _answer_choices(self, interaction: Interaction, data: Json, call: RecordedRequest) -> None:
        choices: list[Json] = data.get("choices") or []
        if errors := limits.choice_errors(choices):
            raise traffic.invalid_form(errors)
        interaction.choices = choices

    def _answer_modal(self, interaction: Interaction, data: Json, call: RecordedRequest) -> None:
        interaction.modal = data

    def _first_kind(self, interaction: Interaction) -> int:
        return CHAT_INPUT_COMMAND if interaction.kind == interactions.COMMAND else REPLY

    def _create(
        self,
        interaction: Interaction,
        body: Json,
        call: RecordedRequest,
        kind: int,
        reference_id: int | None = None,
    ) -> Message:
        metadata = {
            "id": str(interaction.id), "type": interaction.kind, "user": interaction.member.user.payload(),
            "authorizing_integration_owners": {"0": str(interaction.channel.guild_id or 0)},
        }  # fmt: skip
        if interaction.kind == interactions.COMPONENT:
            metadata["interacted_message_id"] = str(interaction.source_id)
        return self._state.book.create(
            body, call.uploads, channel=interaction.channel, author=self._state.world.bot, kind=kind,
            reference_id=reference_id, interaction=metadata,
        )  # fmt: skip

    def _callback_answer(self, interaction: Interaction, kind: int, message: Message | None) -> Json:
        about: Json = {"id": str(interaction.id), "type": interaction.kind}
        if interaction.original_id is not None:
            original = self._state.book.get(interaction.original_id)
            about |= {
                "response_message_id": str(original.id), "response_message_loading": original.loading,
                "response_message_ephemeral": original.ephemeral,
            }  # fmt: skip
        if message is None or kind not in (interactions.MESSAGE, interactions.UPDATE):
            return {"interaction": about}
        return {"interaction": about, "resource": {"type": kind, "message": message.payload()}}

    def _message_id(self, call: RecordedRequest) -> int:
        return self._acknowledged(call).message_id(call.arguments.get("message_id", "@original"))

    def _acknowledged(self, call: RecordedRequest) -> Interaction:
        interaction = self._interaction(call, "webhook_token", traffic.unknown("Webhook"))
        if call.id("webhook_id") != self._state.world.application_id:
            raise traffic.unknown("Webhook")
        interaction.check_token()
        return interaction

    def _interaction(self, call: RecordedRequest, argument: str, missing: traffic.ApiError) -> Interaction:
        interaction = self._state.interactions.get(call.arguments[argument])
        if interaction is None:
            raise missing
        return interaction
