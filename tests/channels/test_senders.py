"""Who a request comes from: a number only where it is one, a country only where it is sure."""

import pytest
from werkzeug.datastructures import MultiDict

from service.channels.senders import PLACEHOLDERS, Channel, Sender, sender_of

SMS, WHATSAPP, VOICE = Channel.SMS, Channel.WHATSAPP, Channel.VOICE
NOBODY = ["+266696687", "+7378742833", "+86282452253", "+8656696", "+2562533", "+7378742883", "+17378742833", "+464"]
WORDS = ["anonymous", "Anonymous", "restricted", "unknown", "private", "blocked", "withheld", "unavailable", "", " "]
GARBAGE = ["client:joey", "sip:joey@example.org", "+", "+0123456789", "0612345678", "+1 202 555 0123", "+1202555012x", "+1" * 40,
           "whatsapp:", "whatsapp:anonymous", "é", "\x00", "+١٢٠٢٥٥٥٠١٢٣", "12025550123", "12"]  # fmt: skip


def sender(number: str | None, *, by_phone: bool = False, **form: str) -> Sender:
    given = {} if number is None else {"From": number}
    return sender_of(MultiDict(given | form), by_phone=by_phone)


@pytest.mark.parametrize("number", [*NOBODY, *WORDS, *GARBAGE, None])
@pytest.mark.parametrize("prefix", ["", "whatsapp:"])
@pytest.mark.parametrize("by_phone", [False, True])
def test_whoever_has_no_number_is_nobody_and_from_nowhere(number: str | None, prefix: str, by_phone: bool) -> None:
    spelt = None if number is None else prefix + number
    found = sender(spelt, by_phone=by_phone, FromCountry="LS", CallerCountry="RU", To="+15005550006")
    assert (found.number, found.region, found.is_mobile) == ("", "", False)
    assert found.line == "+15005550006"


def test_every_caller_id_that_only_looks_like_a_number_is_known() -> None:
    assert frozenset(NOBODY) == PLACEHOLDERS


@pytest.mark.parametrize(
    ("number", "country", "region", "mobile"),
    [
        ("+12025550123", "US", "US", True),
        ("+12025551234", "US", "US", True),
        ("+16135551234", "US", "CA", True),
        ("+34612345678", "", "ES", True),
        ("+34911234567", "ES", "ES", False),
        ("+390669812345", "IT", "VA", False),
        ("+447911123456", "GB", "GG", True),
        ("+447400123456", "GB", "GB", True),
        ("+447781123456", "GB", "GG", True),
        ("+77012345678", "RU", "KZ", True),
        ("+79161234567", "RU", "RU", True),
        ("+18765551234", "US", "JM", True),
        ("+80012345678", "", "", False),
        ("+882161234567", "", "", False),
        ("+8835100012345", "US", "", False),
        ("+9991234567", "US", "", False),  # no country has this code
        ("+2101234567", "", "", False),
        ("+3469999", "FR", "ES", False),  # wrong, but only one country has the code
        ("+70000000", "KZ", "KZ", False),  # of several Twilio's word decides
        ("+70000000", "US", "", False),
        ("+70000000", "kz", "", False),
        ("+70000000", "", "", False),
    ],
)
@pytest.mark.parametrize("by_phone", [False, True])
def test_a_number_tells_its_country_only_where_that_is_sure(
    number: str, country: str, region: str, mobile: bool, by_phone: bool
) -> None:  # fmt: skip
    found = sender(number, by_phone=by_phone, FromCountry=country)
    assert (found.number, found.region, found.is_mobile) == (number, region, mobile)
    assert found.channel is (VOICE if by_phone else SMS)


def test_a_number_on_whatsapp_is_the_same_number() -> None:
    found = sender("whatsapp:+34612345678", To="whatsapp:+15005550006")
    assert found == Sender("+34612345678", "+15005550006", "ES", WHATSAPP)
    assert found.has_own_keywords


def test_somebody_who_calls_on_whatsapp_is_a_caller() -> None:
    found = sender("whatsapp:+34612345678", by_phone=True, To="whatsapp:+15005550006")
    assert found == Sender("+34612345678", "+15005550006", "ES", VOICE)
    assert found.person().by_phone


@pytest.mark.parametrize(("country", "region"), [("ES", "ES"), ("es", ""), ("", ""), ("ESP", ""), ("ZZZ", "")])
def test_a_short_code_is_answered_and_is_from_where_twilio_says(country: str, region: str) -> None:
    found = sender("12345", FromCountry=country, To="+34612345678")
    assert found == Sender("12345", "+34612345678", region, SMS)
    assert not found.is_mobile


def test_nobody_calls_from_a_short_code() -> None:
    assert sender("12345", by_phone=True, FromCountry="ES").number == ""


@pytest.mark.parametrize(
    ("line", "own"),
    [("12345", True), ("123", True), ("+15005550006", False), ("", False), ("MGabc", False), ("123456789", False)],
)
def test_stop_and_help_are_ours_to_answer_on_short_codes(line: str, own: bool) -> None:
    assert sender("+34612345678", To=line).has_own_keywords is own


def test_spaces_around_a_number_do_not_matter() -> None:
    assert sender(" +34612345678 ", To=" +15005550006\n") == sender("+34612345678", To="+15005550006")


def test_what_the_conversation_knows_of_somebody() -> None:
    person = sender("+34612345678", by_phone=True).person(can_text=True, settled=True)
    assert (person.region, person.by_phone, person.can_text, person.settled) == ("ES", True, True, True)
    assert not sender("+34612345678").person().by_phone
