"""Who a request comes from, as far as that can be known and may be used."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import phonenumbers
from werkzeug.datastructures import MultiDict

from service.core.content import Person

# Caller IDs that only look like numbers: a word on the keypad (ANONYMOUS, RESTRICTED …).  Twilio sends a country too.
PLACEHOLDERS: Final = frozenset(
    {"+266696687", "+7378742833", "+7378742883", "+17378742833", "+86282452253", "+8656696", "+2562533", "+464"}
)
_WORDS: Final = frozenset({"", "anonymous", "restricted", "unknown", "private", "blocked", "withheld", "unavailable"})
_E164: Final = re.compile(r"\+[1-9]\d{6,14}")
_SHORT: Final = re.compile(r"\d{3,8}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_MMS: Final = frozenset({"US", "CA"})  # elsewhere Twilio drops what is attached, or makes a link of it
_MOBILE: Final = frozenset({phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE})


class Channel(StrEnum):
    """How they reached us."""

    SMS = "sms"
    WHATSAPP = "whatsapp"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Sender:
    """Somebody who wrote or called.  `number` is "" for the anonymous: nobody is kept or texted under it."""

    number: str
    line: str  # the number of ours they used
    region: str  # ISO 3166 of their number; "" if it is none or not sure
    channel: Channel

    @property
    def is_mobile(self) -> bool:
        """Whether a text message can be expected to reach the number."""
        if not _E164.fullmatch(self.number):
            return False
        try:
            parsed = phonenumbers.parse(self.number)
        except phonenumbers.NumberParseException:
            return False  # a country code that no country has
        return phonenumbers.is_valid_number(parsed) and phonenumbers.number_type(parsed) in _MOBILE

    @property
    def has_own_keywords(self) -> bool:
        """Whether STOP and HELP are answered by nobody but us: on WhatsApp, and on short codes."""
        return self.channel is Channel.WHATSAPP or bool(_SHORT.fullmatch(self.line))

    @property
    def can_listen(self) -> bool:
        """Whether a recording can be sent to them: on WhatsApp, and as MMS where both numbers are North American."""
        if self.channel is Channel.WHATSAPP:
            return True
        return self.channel is Channel.SMS and self.region in _MMS and self.line.startswith("+1")

    def person(self, *, can_text: bool = False, settled: bool = False) -> Person:
        """Them, as the conversation knows them."""
        return Person(
            self.region,
            by_phone=self.channel is Channel.VOICE,
            can_text=can_text,
            settled=settled,
            can_listen=self.can_listen,
            pays_by_part=self.channel is not Channel.WHATSAPP,
        )


def sender_of(form: MultiDict[str, str], *, by_phone: bool) -> Sender:
    """Who sent a webhook's form; missing fields make somebody anonymous, never an error."""
    number, line = form.get("From", "").strip(), form.get("To", "").strip()
    channel = Channel.VOICE if by_phone else Channel.SMS
    if not by_phone and number.startswith("whatsapp:"):
        channel = Channel.WHATSAPP
    number, line = number.removeprefix("whatsapp:"), line.removeprefix("whatsapp:")
    if _E164.fullmatch(number) and number not in PLACEHOLDERS:
        return Sender(number, line, _region(number, form.get("FromCountry", "")), channel)
    if not by_phone and _SHORT.fullmatch(number):
        country = form.get("FromCountry", "")
        return Sender(number, line, country if _COUNTRY.fullmatch(country) else "", channel)
    # The rest, anonymous, client:… or sip:…, is not the number of a phone.
    return Sender("", line, "", channel)


def _region(number: str, country: str) -> str:
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return ""
    region = phonenumbers.region_code_for_number(parsed)
    if region is None or not _COUNTRY.fullmatch(region):
        known = phonenumbers.region_codes_for_country_code(parsed.country_code or 0)
        # A country code of one country only is enough; of several, Twilio's own word decides if it is one of them.
        region = known[0] if len(known) == 1 else country if country in known else ""
    return region if _COUNTRY.fullmatch(region) else ""
