"""A person who writes to the line: by SMS, by MMS or on WhatsApp."""

from collections.abc import Sequence
from typing import Final, Literal
from urllib.parse import urljoin

from service.simulator.errors import Rejected
from service.simulator.exchange import Exchange
from service.simulator.numbers import new_sid, whereabouts
from service.simulator.signing import Account
from service.simulator.twiml import Message, Redirect, read_messaging
from service.simulator.webhooks import LINE, Webhooks

MOST_DOCUMENTS: Final = 50
# Whole messages that Twilio itself answers on ordinary numbers, and after which the line's own words are dropped.
OPT_OUT: Final = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
OPT_IN: Final = frozenset({"START", "UNSTOP", "YES"})


class Texter:
    """One person with one number.  `last` holds the whole messages of the last answer, with their media."""

    def __init__(
        self,
        exchange: Exchange,
        account: Account,
        public_url: str,
        sender: str,
        line: str = LINE,
        channel: Literal["sms", "whatsapp"] = "sms",
    ) -> None:
        self._webhooks = Webhooks(exchange, account, voice=False)
        self._url = f"{public_url.rstrip('/')}/sms"
        self._sender = sender.removeprefix("whatsapp:")
        self._line = line.removeprefix("whatsapp:")
        self._channel = channel
        self._opted_out = False
        self.last: tuple[Message, ...] = ()

    def text(
        self, body: str, *, media: int = 0, sid: str | None = None, extra: Sequence[tuple[str, str]] = ()
    ) -> list[str]:
        """Send a message, and return the messages that come back: none is silence.

        The same `sid` twice is Twilio asking again; `extra` adds parameters or replaces them.
        Raises Rejected for what Twilio would refuse, also for an answer to somebody who has opted out.
        """
        replaced = {name for name, _ in extra}
        form = [pair for pair in self._form(body, media, sid) if pair[0] not in replaced]
        self._note_opting(body)
        self.last = ()
        self.last = self._answers([*form, *extra])
        if self.last and self._opted_out:
            raise Rejected(21610, "the sender has opted out: Twilio drops every message but its own")
        return [message.body for message in self.last]

    def _note_opting(self, body: str) -> None:
        word = body.strip().upper()
        if self._channel == "sms" and word in OPT_OUT | OPT_IN:
            self._opted_out = word in OPT_OUT

    def _answers(self, form: Sequence[tuple[str, str]]) -> tuple[Message, ...]:
        messages: list[Message] = []
        url, method = self._url, "POST"
        for _ in range(MOST_DOCUMENTS):
            url, answer = self._webhooks.ask(url, form, method)
            for verb in read_messaging(answer):
                if isinstance(verb, Redirect):
                    url, method = urljoin(url, verb.url), verb.method
                    break
                messages.append(verb)
            else:
                return tuple(messages)
        raise Rejected(14106, f"more than {MOST_DOCUMENTS} documents for one message")

    def _form(self, body: str, media: int, sid: str | None) -> list[tuple[str, str]]:
        sid = sid or new_sid("MM" if media else "SM")
        form = [
            ("MessageSid", sid),
            ("SmsSid", sid),
            ("SmsMessageSid", sid),
            ("AccountSid", self._webhooks.account.sid),
            ("ApiVersion", "2010-04-01"),
            ("SmsStatus", "received"),
            ("Body", body),
            ("NumMedia", str(media)),
            ("NumSegments", "1"),
        ]
        for count in range(media):
            form.append((f"MediaContentType{count}", "image/jpeg"))
            form.append((f"MediaUrl{count}", f"https://api.twilio.com/media/{sid}/{count}"))
        if self._channel == "whatsapp":
            number = f"whatsapp:{self._sender}"
            names = [("ProfileName", "Somebody"), ("WaId", self._sender.removeprefix("+"))]
            return [*form, ("From", number), ("To", f"whatsapp:{self._line}"), *names]
        places = whereabouts("From", self._sender) + whereabouts("To", self._line)
        return [*form, ("From", self._sender), ("To", self._line), *places]
