"""Whether TwiML is TwiML: the right verbs, in the right places, with attributes that mean something.

Twilio skips or fails what it does not know, while a caller waits; so everything unknown is refused here.
"""

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Final, Literal
from xml.etree.ElementTree import Element

from msgspec import Struct, field
from msgspec.json import decode

from service.simulator.errors import OURS, Rejected

Channel = Literal["voice", "messaging"]

POSITIVE: Final = r"[1-9]\d{0,8}"
COUNT: Final = r"\d{1,9}"
TRUTH: Final = "true|false"
METHOD: Final = "GET|POST"
MODELS: Final = (
    "default|phone_call|numbers_and_commands|experimental_utterances|experimental_conversations|"
    r"googlev2_(long|short|telephony|telephony_short)|deepgram_nova-[23]"
)
# The attributes whose values have an error of their own, with what they may be.
RULES: Final[Mapping[tuple[str, str], tuple[int, str]]] = {
    ("Gather", "finishOnKey"): (13310, "[0-9#*]?"),
    ("Gather", "method"): (13312, METHOD),
    ("Gather", "timeout"): (13313, POSITIVE),
    ("Gather", "numDigits"): (13314, POSITIVE),
    ("Gather", "input"): (13326, "dtmf|speech|dtmf speech|speech dtmf"),
    ("Gather", "speechTimeout"): (13327, f"auto|{POSITIVE}"),
    ("Gather", "maxSpeechTime"): (13328, POSITIVE),
    ("Gather", "partialResultCallbackMethod"): (13329, METHOD),
    ("Gather", "bargeIn"): (13332, TRUTH),
    ("Gather", "profanityFilter"): (13333, TRUTH),
    ("Gather", "speechModel"): (13334, MODELS),
    ("Gather", "actionOnEmptyResult"): (13338, TRUTH),
    ("Play", "loop"): (13410, COUNT),
    ("Play", "digits"): (13430, "[0-9A-DwW#*]+"),
    ("Say", "loop"): (13510, COUNT),
    ("Dial", "method"): (12200, METHOD),
    ("Redirect", "method"): (13710, METHOD),
    ("Reject", "reason"): (13810, "rejected|busy"),
    ("Pause", "length"): (13910, POSITIVE),
    ("Message", "method"): (14104, METHOD),
}
TYPES: Final[Mapping[str, str]] = {"string": r"[\s\S]*", "number": COUNT, "boolean": TRUTH}


class Options(Struct, frozen=True):
    """The values an attribute may have; `many` where it holds several, separated by spaces."""

    values: tuple[str, ...] = field(name="enum")
    many: bool = field(name="list")


class Rule(Struct, frozen=True):
    """What an element may carry: attributes, children, and whether text."""

    attributes: dict[str, str | Options]
    children: tuple[str, ...]
    text: bool


class Grammar(Struct, frozen=True):
    """Both dialects, by element name."""

    voice: dict[str, Rule]
    messaging: dict[str, Rule]


GRAMMAR: Final = decode(files("service.simulator").joinpath("twiml_grammar.json").read_bytes(), type=Grammar)


def check(element: Element, channel: Channel) -> None:
    """Raise Rejected if the element, or anything in it, is not what Twilio's grammar allows."""
    rule = (GRAMMAR.voice if channel == "voice" else GRAMMAR.messaging)[element.tag]
    for name, value in element.attrib.items():
        _check_attribute(element.tag, name.replace("{http://www.w3.org/XML/1998/namespace}", "xml:"), value, rule)
    loose = [element.text, *(child.tail for child in element)]
    if not rule.text and any(text and text.strip() for text in loose):
        raise Rejected(12200, f"<{element.tag}> may hold no text of its own")
    for child in element:
        if child.tag not in rule.children:
            # A verb that belongs to calls is answered to a message with an error of its own.
            spoken = channel == "messaging" and child.tag in GRAMMAR.voice["Response"].children
            raise Rejected(14110 if spoken else 12200, f"<{element.tag}> may hold no <{child.tag}>")
        if child.tag not in (GRAMMAR.voice if channel == "voice" else GRAMMAR.messaging):
            raise Rejected(OURS, f"the simulator cannot follow <{child.tag}>")
        check(child, channel)


def _check_attribute(element: str, name: str, value: str, rule: Rule) -> None:
    kind = rule.attributes.get(name)
    if kind is None:
        raise Rejected(12200, f"<{element}> has no attribute {name}")
    code, pattern = RULES.get((element, name), (12200, ""))
    if pattern or isinstance(kind, str):
        fits = re.fullmatch(pattern or TYPES[str(kind)], value) is not None
    else:
        fits = set(value.split(" ") if kind.many else [value]) <= set(kind.values)
    if not fits:
        raise Rejected(code, f"<{element} {name}> cannot be {value!r}")
