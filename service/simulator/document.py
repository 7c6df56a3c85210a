"""From an HTTP answer to a checked TwiML document, or to the error that Twilio would have shown."""

from typing import Final
from xml.etree.ElementTree import Element, ParseError, fromstring

from service.simulator.errors import Rejected
from service.simulator.exchange import Answer
from service.simulator.grammar import Channel, check

LARGEST: Final = 64 * 1024  # bytes
# Twilio would also take text/html, and read text/plain to the caller: here both are pages gone astray.
TWIML: Final = frozenset({"text/xml", "application/xml"})


def opened(answer: Answer, channel: Channel) -> Element:
    """Return the root of the document.  Raises Rejected for whatever Twilio does not accept."""
    if answer.failed:
        raise Rejected(11200, f"the line answered with HTTP {answer.status}")
    if answer.content_type.partition(";")[0].strip().lower() not in TWIML:
        raise Rejected(12300, f"the Content-Type is {answer.content_type or 'missing'}: it must be text/xml")
    if len(answer.body) > LARGEST:
        raise Rejected(11750, f"the document has {len(answer.body)} bytes of {LARGEST}")
    root = _parsed(answer.body)
    if root.tag != "Response":
        raise Rejected(12102, f"the document is a <{root.tag}> and not a <Response>")
    check(root, channel)
    return root


def _parsed(body: bytes) -> Element:
    try:
        text = body.decode()
        if "<!DOCTYPE" in text:
            # Entities can blow up a parser, and no answer of ours has a reason to carry any.
            raise Rejected(12100, "the document has a DOCTYPE")
        if "<?xml" in text and not text.startswith("<?xml"):
            raise Rejected(12100, "something stands before <?xml")
        return fromstring(text)  # noqa: S314 - nothing with a DOCTYPE gets here
    except (UnicodeDecodeError, ParseError) as error:
        raise Rejected(12100, f"the document is not well-formed: {error}") from error
