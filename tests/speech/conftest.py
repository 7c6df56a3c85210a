"""Who speaks, where recordings are kept, and what stands in for the world outside."""

from tests.speech.cdn import bucket, credentials, forbidden, moto, serving
from tests.speech.google import google, speaker

__all__ = ["bucket", "credentials", "forbidden", "google", "moto", "serving", "speaker"]
