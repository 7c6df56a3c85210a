"""The line, put together: the only file that knows all the parts."""

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from service.channels import audio, health, sms, voice
from service.channels.desk import Desk, Known
from service.channels.guard import HMAC_SHA1, HMAC_SHA256, Guard
from service.channels.outbox import HttpClient, Outbox
from service.house import ROOT, House, Kept, Watched, open_house, utc_now
from service.memory import Memory, open_memory
from service.settings import Settings, read_settings, with_development_secrets

LARGEST_BODY: Final = 64 * 1024  # bytes; a webhook of Twilio's has some hundred
logger = logging.getLogger("service")


def create_app(
    settings: Settings,
    house: House | None = None,
    memory: Memory | None = None,
    clock: Callable[[], datetime] = utc_now,
    http: HttpClient | None = None,
) -> Flask:
    """The web application.  `http` replaces the way to Twilio's REST API; what is not given is made from `settings`.

    In development a house that is made here follows its files.
    """
    follow = house is None and not settings.production
    first = house or open_house(settings, ROOT, clock)
    present = Watched(first, settings, ROOT, clock) if follow else Kept(first)
    for problem in first.shelf.broken:
        logger.error("left out: %s", problem)
    entries = first.shelf.languages
    asked = {entries.nearest(tag) for tag in settings.languages} or {*entries.entries}
    for tag in entries.entries:
        if tag not in first.shelf.library.languages and tag in asked:
            logger.warning("%s is not offered: not all of its menus and its alarm may be served yet", tag)
    memory = memory or open_memory(settings.database_url, settings.secret_key, clock, at_once=False)

    def known() -> Known:
        now = present()
        heard = now.carriers.heard_whole(now.shelf.library)  # a build that goes on may make a language complete
        library = replace(now.shelf.library, today=clock().date(), by_phone=heard)
        return Known(library, now.shelf.phrasebook, now.carriers)

    desk = Desk(
        known=known,
        memory=memory,
        guard=_guard(settings),
        public_url=settings.public_url,
        numbers={number: entries.nearest(tag) or tag for number, tag in settings.numbers.items()},
        outbox=Outbox(settings.account_sid, settings.auth_tokens[0], http) if settings.production or http else None,
    )
    app = Flask("service", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.url_map.strict_slashes = False  # Flask would redirect with 308, which Twilio does not follow
    app.url_map.merge_slashes = False
    for blueprint in (
        sms.blueprint(desk),
        voice.blueprint(desk),
        audio.blueprint(first.carriers.recordings),
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
