"""The line, put together: the only file that knows all the parts."""

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from service.channels import audio, health, sms, voice
from service.channels.desk import Desk, Known
from service.channels.guard import HMAC_SHA1, HMAC_SHA256, Guard
from service.channels.outbox import HttpClient, Outbox
from service.files.library import Choice, Shelf, read_library
from service.files.problems import Problem, Problems
from service.memory import Memory, open_memory
from service.settings import Settings, read_settings, with_development_secrets
from service.speech.carriers import SAY, Carriers, Spoken, TwilioVoice, VoiceError, order_of
from service.speech.recordings import Recordings
from service.speech.speakers import named

ROOT: Final = Path(__file__).resolve().parent.parent
LARGEST_BODY: Final = 64 * 1024  # bytes; a webhook of Twilio's has some hundred
logger = logging.getLogger("service")


@dataclass(frozen=True, slots=True)
class House:
    """What was read at start, and what speaks it."""

    shelf: Shelf
    carriers: Carriers


def utc_now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


def open_house(
    settings: Settings, root: Path = ROOT, clock: Callable[[], datetime] = utc_now, *, words: bool = True
) -> House:
    """Read content and languages.  Raises Problems with all that is wrong in them.

    Without `words` nothing that people write is understood: for those who only make recordings.
    """
    choice = Choice(settings.languages, settings.drafts, settings.operator, clock().date(), words)
    shelf = read_library(root, choice)
    languages, wrong = {}, []
    for tag, entry in shelf.languages.entries.items():
        phone = entry.phone
        try:
            voice = TwilioVoice(phone.voice or "", phone.say or "", phone.gather or "")
        except VoiceError as error:
            wrong.append(Problem("locales/languages.toml", 0, f"{tag}: {error}"))
            continue
        order = order_of(settings.speech, phone.weak)
        languages[tag] = Spoken(voice, shelf.lexicons[tag], order, phone.speakers)
    known = {*named(), SAY}
    wrong += [
        Problem("SPEECH", 0, f"{name} is no speaker that is installed; installed are {', '.join(sorted(known))}")
        for name in settings.speech
        if name not in known
    ]
    wrong += [
        Problem("NUMBERS", 0, f"{number} has the language {tag}, which is not in locales/languages.toml")
        for number, tag in settings.numbers.items()
        if tag not in shelf.languages.entries
    ]
    if wrong:
        raise Problems(wrong)
    recordings = Recordings(root / settings.audio_folder, settings.audio_url)
    carriers = Carriers(languages, recordings, settings.audio_url or f"{settings.public_url}/audio")
    library = replace(shelf.library, by_phone=carriers.heard_whole(shelf.library))
    return House(replace(shelf, library=library), carriers)


def create_app(
    settings: Settings,
    house: House | None = None,
    memory: Memory | None = None,
    clock: Callable[[], datetime] = utc_now,
    http: HttpClient | None = None,
) -> Flask:
    """The web application.  `http` replaces the way to Twilio's REST API; what is not given is made from `settings`."""
    house = house or open_house(settings, clock=clock)
    for problem in house.shelf.broken:
        logger.error("left out: %s", problem)
    for tag in house.shelf.languages.entries:
        if tag not in house.shelf.library.languages and tag in (settings.languages or house.shelf.languages.entries):
            logger.warning("%s is not offered: not all of its menus and its alarm may be served yet", tag)
    memory = memory or open_memory(settings.database_url, settings.secret_key, clock, at_once=False)

    def known() -> Known:
        shelf = house.shelf
        heard = house.carriers.heard_whole(shelf.library)  # a build that goes on may make a language complete
        return Known(replace(shelf.library, today=clock().date(), by_phone=heard), shelf.phrasebook)

    desk = Desk(
        known=known,
        memory=memory,
        guard=_guard(settings),
        carriers=house.carriers,
        public_url=settings.public_url,
        numbers=settings.numbers,
        outbox=Outbox(settings.account_sid, settings.auth_tokens[0], http) if settings.production or http else None,
    )
    app = Flask("service", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.url_map.strict_slashes = False  # Flask would redirect with 308, which Twilio does not follow
    app.url_map.merge_slashes = False
    for blueprint in (
        sms.blueprint(desk),
        voice.blueprint(desk),
        audio.blueprint(house.carriers.recordings),
        health.blueprint(desk),
    ):
        app.register_blueprint(blueprint)
    app.register_error_handler(HTTPException, _without_words)
    app.register_error_handler(Exception, _unexpected)
    return app


def _guard(settings: Settings) -> Guard:
    if settings.shared_keys:
        return Guard(settings.public_url, settings.account_sid, settings.shared_keys, HMAC_SHA256)
    return Guard(settings.public_url, settings.account_sid, settings.auth_tokens, HMAC_SHA1)


def _without_words(error: HTTPException) -> Response:
    """An error's status and headers, but no page: Twilio would text it to a family or read it to a caller."""
    response = Response(status=error.code or 500)
    for name, value in error.get_headers():
        if name.lower() != "content-type":
            response.headers[name] = value
    del response.headers["Content-Type"]
    return response


def _unexpected(error: Exception) -> Response:
    logger.error("a request failed: %s", type(error).__name__)
    response = Response(status=500)
    del response.headers["Content-Type"]
    return response


def wsgi() -> Flask:
    """The application of the production server: settings from the environment, all that is wrong told at once."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    return create_app(with_development_secrets(read_settings(os.environ), ROOT / "var"))
