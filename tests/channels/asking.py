"""One signed request to the line, as Twilio makes it, and what Twilio would make of the answer."""

from collections.abc import Mapping

from service.simulator.exchange import Answer
from service.simulator.signing import Account
from service.simulator.twiml import Gather, Message, Say, Verb, read_messaging, read_voice
from service.simulator.webhooks import Webhooks
from tests.conftest import ACCOUNT, AMERICAN, PUBLIC_URL, Line

LINE_NUMBER = "+15005550006"


def ask(line: Line, path: str, form: Mapping[str, str], *, account: Account = ACCOUNT, voice: bool = True) -> Answer:
    """Post `form` to a path of the line, with the account's SID in it and a signature."""
    whole = {"AccountSid": account.sid, **form}
    return Webhooks(line.exchange, account, voice=voice).ask(f"{PUBLIC_URL}{path}", list(whole.items()))[1]


def texts(line: Line, body: str | None = "menu", **form: str) -> list[str]:
    """Send a message with no more parameters than are named; what comes back."""
    words = {} if body is None else {"Body": body}
    answer = ask(line, "/sms", {"From": AMERICAN, "To": LINE_NUMBER, **words, **form}, voice=False)
    return [verb.body for verb in read_messaging(answer) if isinstance(verb, Message)]


def turn_of(line: Line, path: str = "", **form: str) -> tuple[Verb, ...]:
    """Ask for one turn of a call; Rejected is raised for whatever Twilio would not carry out."""
    given = {"From": AMERICAN, "To": LINE_NUMBER, "CallSid": "CA" + "1" * 32, **form}
    return read_voice(ask(line, f"/voice/{path}" if path else "/voice", given))


def words_of(verbs: tuple[Verb, ...]) -> str:
    """All that is said in a turn, also after silence."""
    said = [prompt for verb in verbs for prompt in (verb.prompts if isinstance(verb, Gather) else (verb,))]
    return " ".join(one.text for one in said if isinstance(one, Say))


def next_path(verbs: tuple[Verb, ...]) -> str:
    """Where a key goes from here: the path below /voice/; empty if nothing is asked."""
    actions = [verb.action for verb in verbs if isinstance(verb, Gather)]
    return actions[0].removeprefix(f"{PUBLIC_URL}/voice/") if actions else ""
