"""A person who calls the line, and what that person hears."""

from collections import deque
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Final
from urllib.parse import urljoin

from service.simulator.errors import OURS, Rejected
from service.simulator.exchange import Answer, Exchange
from service.simulator.hearing import Dialled, Heard, Played, Spoken, typed
from service.simulator.numbers import new_sid, whereabouts
from service.simulator.signing import Account
from service.simulator.twiml import Dial, Gather, Hangup, Pause, Play, Prompt, Redirect, Reject, Say, Verb, read_voice
from service.simulator.webhooks import LINE, Webhooks

__all__ = ["Caller", "Dialled", "Heard", "Played", "Spoken"]

MOST_DOCUMENTS: Final = 100
AUDIO: Final = frozenset(
    {f"audio/{kind}" for kind in ("mpeg", "wav", "wave", "x-wav", "aiff", "x-aifc", "x-aiff", "x-gsm", "gsm", "ulaw")}
)


class Caller:
    """One person with one phone, in at most one call at a time.

    Everything done before `ring`, or after the end, raises Rejected.  `fetch` gets every recording that is
    played, to prove that it is there and that it is audio; without it they are taken on trust.
    """

    def __init__(
        self,
        exchange: Exchange,
        account: Account,
        public_url: str,
        sender: str,
        line: str = LINE,
        fetch: Callable[[str], Answer] | None = None,
        *,
        strict: bool = True,
    ) -> None:
        self._webhooks = Webhooks(exchange, account, voice=True)
        self._base = public_url.rstrip("/")
        self._sender = sender
        self._line = line
        self._fetch = fetch
        self._strict = strict
        self._verbs: deque[Verb] = deque()
        self._waiting: Gather | None = None
        self._url = ""
        self._documents = 0
        self._seconds = 0
        self.sid = ""
        self.ended = True

    def ring(self) -> Heard:
        """Start a new call."""
        self.sid = new_sid("CA")
        self.ended = False
        self._seconds = 1
        self._documents = 0
        return self._go(f"{self._base}/voice", "POST", (), status="ringing")

    def press(self, keys: str) -> Heard:
        """Press keys one after the other, as fast as they go, then wait; each cuts off what is being said.

        Keys that are left when a question has enough answer the next one.
        """
        if not set(keys) <= set("0123456789*#"):
            raise Rejected(OURS, f"a phone has no keys for {keys!r}")
        gather = self._question()
        if not gather.dtmf or not keys:
            return self.wait()
        what = typed(gather, keys)
        if what.digits:
            heard = self._answer(gather, [("Digits", what.digits), ("FinishedOnKey", what.finished_on)])
        else:
            heard = self._no_input(gather)
        if not what.rest or heard.ended:
            return heard
        more = self.press(what.rest)
        return Heard(heard.said + more.said, more.ended)

    def say(self, words: str, confidence: float = 0.9) -> Heard:
        """Say something; a question that listens for keys only takes it for silence."""
        gather = self._question()
        if not gather.speech or not words.strip():
            return self.wait()
        return self._answer(gather, [("SpeechResult", words), ("Confidence", str(confidence))])

    def wait(self) -> Heard:
        """Be silent until the question has waited long enough."""
        gather = self._question()
        self._seconds += gather.timeout
        return self._no_input(gather)

    def hang_up(self) -> None:
        """End the call; afterwards nothing is left to end."""
        if not self.ended:
            self._end("completed")

    def _question(self) -> Gather:
        if self.ended or self._waiting is None:
            raise Rejected(OURS, "there is no call: ring first")
        return self._waiting

    def _no_input(self, gather: Gather) -> Heard:
        if gather.action_on_empty_result:
            return self._answer(gather, [("Digits" if gather.dtmf else "SpeechResult", "")])
        return self._listen()

    def _answer(self, gather: Gather, form: Sequence[tuple[str, str]]) -> Heard:
        return self._go(urljoin(self._url, gather.action), gather.method, form)

    def _go(self, url: str, method: str, form: Sequence[tuple[str, str]], status: str = "in-progress") -> Heard:
        try:
            self._open(url, method, form, status)
        except Rejected:
            self.ended = True  # the caller hears a recorded apology of Twilio's, and the tone
            raise
        return self._listen()

    def _open(self, url: str, method: str, form: Sequence[tuple[str, str]], status: str = "in-progress") -> None:
        self._documents += 1
        if self._documents > MOST_DOCUMENTS:
            raise Rejected(OURS, f"more than {MOST_DOCUMENTS} documents without a question: the line goes in circles")
        self._url, answer = self._webhooks.ask(url, [*self._form(status), *form], method)
        self._verbs = deque(read_voice(answer, strict=self._strict))

    def _listen(self) -> Heard:
        """Carry out verbs until the line waits for the caller, or the call ends."""
        said: list[Spoken | Played | Dialled] = []
        self._waiting = None
        try:
            while self._verbs:
                match self._verbs.popleft():
                    case Say() | Play() | Pause() as prompt:
                        said += self._hear(prompt, 13420)
                    case Gather() as gather:
                        said += [thing for prompt in gather.prompts for thing in self._hear(prompt, 13325)]
                        self._waiting, self._documents = gather, 0
                        return Heard(tuple(said), ended=False)
                    case Redirect(url, method):
                        self._open(urljoin(self._url, url), method, ())
                    case Hangup():
                        break
                    case Reject():
                        self._end("busy")
                        return Heard(tuple(said), ended=True)
                    case dial:
                        said.append(self._connect(dial))
            self._end("completed")
        except Rejected:
            self.ended = True
            raise
        return Heard(tuple(said), ended=True)

    def _hear(self, prompt: Prompt, wrong_audio: int) -> list[Spoken | Played | Dialled]:
        match prompt:
            case Say(text, voice, language, rate):
                self._seconds += 1 + len(text) // 15  # about as fast as people read aloud
                return [Spoken(text, voice, language, rate)]
            case Play(url):
                url = urljoin(self._url, url)
                self._check_recording(url, wrong_audio)
                return [Played(url)]
            case pause:
                self._seconds += pause.length
                return []

    def _check_recording(self, url: str, wrong_audio: int) -> None:
        if self._fetch is None:
            return
        answer = self._fetch(url)
        if answer.failed:
            raise Rejected(11200, f"{url} answered with HTTP {answer.status}")
        if answer.content_type.partition(";")[0].strip().lower() not in AUDIO:
            raise Rejected(wrong_audio, f"{url} is {answer.content_type or 'of no Content-Type'}, which is not played")

    def _connect(self, dial: Dial) -> Dialled:
        if dial.action:
            talk = [("DialCallStatus", "completed"), ("DialCallSid", new_sid("CA")), ("DialCallDuration", "60")]
            self._open(urljoin(self._url, dial.action), dial.method, talk)
        self._seconds += 60
        return Dialled(dial.number)

    def _end(self, status: str) -> None:
        self.ended = True
        form = [*self._form(status), ("CallDuration", str(self._seconds if status == "completed" else 0))]
        url, answer = self._webhooks.ask(f"{self._base}/voice/status", form)
        if answer.status != HTTPStatus.NO_CONTENT:
            code = 15003 if answer.failed else OURS
            raise Rejected(code, f"{url} answered the end of a call with HTTP {answer.status} and not 204")

    def _form(self, status: str) -> list[tuple[str, str]]:
        return [
            ("CallSid", self.sid),
            ("AccountSid", self._webhooks.account.sid),
            ("ApiVersion", "2010-04-01"),
            ("CallStatus", status),
            ("Direction", "inbound"),
            ("From", self._sender),
            ("Caller", self._sender),
            ("To", self._line),
            ("Called", self._line),
            *whereabouts("From", self._sender),
            *whereabouts("Caller", self._sender),
            *whereabouts("To", self._line),
            *whereabouts("Called", self._line),
        ]
