"""What a number tells Twilio about whoever has it, and the ids Twilio gives to what they do."""

import re
from secrets import token_hex

import phonenumbers

COUNTRY = re.compile("(?!ZZ)[A-Z]{2}")  # ZZ is an unknown country, 001 the whole world


def country_of(number: str) -> str:
    """Name the country (ISO 3166, two letters) as Twilio would send it, or nothing.

    A withheld number such as +266696687 is given the country it looks like, because Twilio does so too.
    """
    try:
        parsed = phonenumbers.parse(number.removeprefix("whatsapp:"))
    except phonenumbers.NumberParseException:
        return ""
    country = phonenumbers.region_code_for_number(parsed)
    country = country or phonenumbers.region_code_for_country_code(parsed.country_code or 0)
    return country if COUNTRY.fullmatch(country) else ""


def whereabouts(prefix: str, number: str) -> list[tuple[str, str]]:
    """Give the four parameters about a place: only the country is filled in, as most calls have it."""
    blank = [(f"{prefix}{part}", "") for part in ("City", "State", "Zip")]
    return [*blank, (f"{prefix}Country", country_of(number))]


def new_sid(prefix: str) -> str:
    """Make an id such as SM (a message) or CA (a call) with 32 hexadecimal digits."""
    return prefix + token_hex(16)
