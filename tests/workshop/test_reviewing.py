"""What can be reviewed, in which order, and what a review of it says."""

from datetime import date

import pytest

from service.files.catalogs import Status
from service.files.reviews import Kind, Review, digest
from service.workshop.reviewing import REACHED, Pair, pairs, to_review
from tests.files.conftest import Desk


def pair(status: Status) -> Pair:
    return Pair("alarm", "Call.", "Ita.", status)


def test_a_review_holds_both_texts_as_they_are() -> None:
    review = pair(Status.TRANSLATED).reviewed("medical", "Dr. A", date(2026, 12, 1))
    assert review == Review("alarm", digest("Call."), digest("Ita."), "medical", "Dr. A", "2026-12-01")
    assert review.holds("Call.", "Ita.")
    assert not review.holds("Call", "Ita.")
    assert not review.holds("Call.", "Ita")


@pytest.mark.parametrize(
    ("status", "for_language", "for_medicine"),
    [
        (Status.STALE, False, False),
        (Status.DRAFT, False, False),  # first a person clears the mark
        (Status.TRANSLATED, True, True),
        (Status.LANGUAGE_REVIEWED, False, True),
        (Status.MEDICALLY_REVIEWED, False, False),  # a clinician who can judge it can read it
    ],
)
def test_what_waits_for_a_review(status: Status, for_language: bool, for_medicine: bool) -> None:
    one = pair(status)
    assert to_review([one], "language") == ([one] if for_language else [])
    assert to_review([one], "medical") == ([one] if for_medicine else [])


@pytest.mark.parametrize("kind", ["language", "medical"])
def test_what_was_reviewed_waits_no_longer(kind: Kind) -> None:
    assert not to_review([pair(REACHED[kind])], kind)


@pytest.fixture
def known(desk: Desk) -> Desk:
    """A language in which a title, a prompt and a word list are not translated."""
    desk.languages("xx")
    desk.translate("xx", {"about/title": "", "prompt/goodbye/end": "", "words/menu": ""}, prefix="xx ")
    return desk


def ids(desk: Desk, *wanted: str) -> list[str]:
    return [one.id for one in pairs(desk.read(), "xx", wanted)]


def test_without_a_choice_it_is_all_texts_and_no_word_list(known: Desk) -> None:
    found = ids(known)
    assert found[:3] == ["alarm", "alarm/voice", "alarm/unknown-number"], "what matters most comes first"
    every = [message.id for message in known.read().messages if message.catalog != "words"]
    assert found == [name for name in every if name not in {"about/title", "prompt/goodbye/end"}]


def test_a_topic_a_catalog_or_an_id_can_be_chosen_and_the_order_stays(known: Desk) -> None:
    urgent = ids(known, "urgent")
    assert urgent[0] == "urgent/title"
    assert all(name.startswith("urgent/") for name in urgent)
    assert ids(known, urgent[2], "alarm/voice", urgent[1]) == ["alarm/voice", *urgent[1:3]]
    assert ids(known, "urgent", urgent[1]) == urgent, "nothing is asked twice"
    prompts = ids(known, "messages")
    assert prompts
    assert all(name.startswith("prompt/") for name in prompts)
    assert sorted([*ids(known, "content"), *prompts]) == sorted(ids(known))


def test_word_lists_come_by_name(known: Desk) -> None:
    assert ids(known, "words/alarm") == ["words/alarm"]
    lists = ids(known, "words")
    assert "words/alarm" in lists
    assert "words/menu" not in lists
    assert all(name.startswith("words/") for name in lists)


@pytest.mark.parametrize("wanted", ["urg", "alarm/", "about/title", "URGENT", "xx", ""])
def test_what_is_not_there_or_not_translated_is_not_found(known: Desk, wanted: str) -> None:
    assert ids(known, wanted) == []


def test_a_pair_has_both_texts_and_how_far_it_is(known: Desk) -> None:
    po = known.catalog("xx", "messages")
    entry = next(entry for entry in po if entry.msgstr)
    entry.flags.insert(0, "fuzzy")
    po.save()
    assert [*pairs(known.read(), "xx", [entry.msgctxt])] == [
        Pair(entry.msgctxt, entry.msgid, f"xx {entry.msgid}", Status.DRAFT)
    ]
