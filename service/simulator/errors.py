"""What Twilio would have refused, with the number its debugger would have shown."""

from typing import Final

from service.core.errors import LineError

OURS: Final = 0  # not Twilio's refusal, but ours: legal TwiML that would leave somebody in silence


class Rejected(LineError):  # noqa: N818 - it is what happened
    """An answer of the line that Twilio would not carry out.  `code` is in Twilio's error dictionary, or 0."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(f"Twilio error {code}: {why}")
        self.code = code
        self.why = why
