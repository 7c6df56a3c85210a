"""What networks would charge for a message is counted as they count it."""

import json
from math import ceil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.segments import BASIC, EACH_OF_SEVERAL, EXTENDED, GSM_7, SINGLE, UCS_2, length

# Each row names its origin and licence: Twilio's own test vectors, confirmed with Twilio's calculator.
VECTORS = json.loads((Path(__file__).parent.parent / "data" / "segment_vectors.json").read_text(encoding="utf-8"))
LETTERS = st.one_of(
    st.characters(), st.sampled_from(sorted(BASIC)), st.sampled_from(sorted(EXTENDED)), st.sampled_from("😜中é́")
)
TEXTS = st.lists(LETTERS, max_size=500).map("".join)


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: f"{row['note']}: {row['text'][:20]!a}")
def test_a_text_has_as_many_segments_as_twilio_counts(row: dict[str, str | int]) -> None:
    counted = length(str(row["text"]))
    assert (counted.encoding, counted.segments) == (row["encoding"], row["segments"])


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments", "guilty", "remark"),
    [
        ("", GSM_7, 0, 1, (), "an empty text is one empty segment"),
        ("a" * 160, GSM_7, 160, 1, (), "as much as fits one"),
        ("a" * 161, GSM_7, 161, 2, (), "one too many"),
        ("a" * 306, GSM_7, 306, 2, (), "each of several holds 153"),
        ("a" * 307, GSM_7, 307, 3, (), "not 320 in two"),
        ("€" * 80, GSM_7, 160, 1, (), "an extended letter takes two septets"),
        ("a" * 152 + "€" + "a" * 152, GSM_7, 306, 3, (), "the escape and its letter are never parted"),
        ("й" * 70, UCS_2, 70, 1, ("й",), "as much as fits one"),
        ("й" * 71, UCS_2, 71, 2, ("й",), "one too many"),
        ("a" * 66 + "😜" + "a" * 66, UCS_2, 134, 3, ("😜",), "a surrogate pair is never parted"),
        ("çÇ’a’", UCS_2, 5, 1, ("ç", "’"), "the guilty are told once, in order; Ç is innocent"),
        ("\ud800", UCS_2, 1, 1, ("\ud800",), "half a pair is counted, not refused"),
    ],
)
def test_limits(text: str, encoding: str, units: int, segments: int, guilty: tuple[str, ...], remark: str) -> None:
    counted = length(text)
    assert (counted.encoding, counted.units, counted.segments, counted.guilty) == (encoding, units, segments, guilty), (
        remark
    )


@given(TEXTS)
def test_there_are_never_fewer_segments_than_the_units_need(text: str) -> None:
    counted = length(text)
    limit = SINGLE if counted.segments == 1 else EACH_OF_SEVERAL
    assert counted.segments >= ceil(counted.units / limit[counted.encoding])
    assert counted.segments >= 1


@given(TEXTS, TEXTS)
def test_a_longer_text_is_never_fewer_segments(one: str, other: str) -> None:
    assert length(one + other).segments >= max(length(one).segments, length(other).segments)


def test_no_letter_is_in_both_alphabets() -> None:
    assert not BASIC & EXTENDED
