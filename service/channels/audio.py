"""Recordings, for Twilio and for whoever taps on one in a message: public, and the same for ever under their name."""

from typing import Final

from flask import Blueprint, Response, abort, request

from service.speech.recordings import Recordings

A_YEAR: Final = 31_536_000  # seconds
TYPES: Final = {"wav": "audio/wav", "mp3": "audio/mpeg"}


def blueprint(recordings: Recordings) -> Blueprint:
    """The route of the recordings in a folder."""
    audio = Blueprint("audio", __name__)

    @audio.get("/audio/<name>")
    def recording(name: str) -> Response:
        content = recordings.content(name)
        if content is None:
            abort(404)
        stem, _, suffix = name.partition(".")
        answer = Response(content, content_type=TYPES[suffix])
        # Named by its bytes: the name is its ETag, and whoever has it never needs to ask again.
        answer.set_etag(stem)
        answer.cache_control.public = answer.cache_control.immutable = True
        answer.cache_control.max_age = A_YEAR
        in_bytes = request.headers.get("Range", "").startswith("bytes=")  # any other unit asks for all of it
        answer.make_conditional(request.environ, accept_ranges=in_bytes, complete_length=len(content))
        answer.headers["Accept-Ranges"] = "bytes"
        return answer

    return audio
