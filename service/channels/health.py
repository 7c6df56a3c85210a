"""Whether the line is alive, and whether it is ready to answer families.  Public, and tells nothing about anybody."""

from flask import Blueprint, Response, jsonify

from service.channels.desk import Desk
from service.memory import MemoryFailed


def blueprint(desk: Desk) -> Blueprint:
    """The two health checks."""
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    def alive() -> Response:
        return jsonify(alive=True)

    @health.get("/readyz")
    def ready() -> tuple[Response, int]:
        languages = list(desk.known().library.editions)
        try:
            desk.memory.ready()
        except MemoryFailed:
            # The line still answers, as to strangers; who watches it should know.
            return jsonify(ready=False, content=languages, store="out of reach"), 503
        return jsonify(ready=True, content=languages, store="ready"), 200

    return health
