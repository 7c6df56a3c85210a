"""Phrases are found where all their words are near each other, with the typing errors their length allows."""

import pytest

from service.core.folding import fold
from service.core.index import LONGEST_MESSAGE
from service.core.typos import errors_allowed
from tests.core.words import index


@pytest.mark.parametrize(
    ("entry", "message", "found", "remark"),
    [
        ("blue lips", "blue lips", True, "as it stands"),
        ("blue lips", "lips are blue", True, "in any order"),
        ("blue lips", "blue a b c lips", True, "three words between two"),
        ("blue lips", "blue a b c d e f lips", True, "six words between those of an emergency"),
        ("blue lips", "blue a b c d e f g lips", False, "seven are too many"),
        ("cant wake up", "up a b c cant wake", True, "three words between three"),
        ("blue lips", "blue", False, "every slot is needed"),
        ("no no", "no way no", True, "two words fill two"),
        ("not|cant breath*", "cant breathing", True, "any choice, any ending"),
        ("breath*", "breath", True, "a stem is a word itself"),
        ("breath*", "brea", False, "but not less"),
        ("br*", "bronchoscopically", False, "an ending of 12 letters at most"),
        ("limp", "limp", True, "a short word"),
        ("limp", "lump", False, "a short word with an error is another"),
        ("burns", "burs", False, "both sides must be long enough"),
        ("fever", "fevr", False, "here too"),
        ("fever", "feverr", True, "one letter more"),
        ("fever", "fevre", True, "two letters in the wrong order are one error"),
        ("fever", "favar", False, "two errors in five letters"),
        ("seizures", "seizure", True, "one error in eight letters"),
        ("seizures", "seisurs", False, "two in eight"),
        ("unconscious", "unconsious", True, "one in eleven"),
        ("unconscious", "unconcious", True, "another"),
        ("unconscious", "unkonsious", True, "two in eleven"),
        ("unconscious", "onkonsious", False, "three in eleven"),
        ("emergency", "mergenc", True, "two letters left out of nine"),
        ("chickenpox", "chicken pox", True, "parted"),
        ("cant", "ca nt", False, "short words are not put together"),
        ("cant breathe", "cantbreathe", True, "joined"),
        ("cant breath*", "cantbreathing", True, "joined, with an ending"),
        ("cant breathe", "xcantbreathe", False, "joined with something unknown"),
        ("叫不醒", "他叫不醒了", True, "an unspaced script"),
        ("叫不醒", "不叫醒", False, "there the order is fixed"),
        ("叫不醒", "叫都不醒", False, "and nothing stands between"),
        ("叫不醒", "叫", False, "and nothing is left out"),
    ],
)
def test_where_a_phrase_is_found(entry: str, message: str, *, found: bool, remark: str) -> None:
    assert bool(index(entry).search(fold(message)).hits) == found, remark


@pytest.mark.parametrize(("length", "errors"), [(4, 0), (5, 1), (8, 1), (9, 2), (20, 2)])
def test_long_words_may_hold_more_errors(length: int, errors: int) -> None:
    assert errors_allowed("a" * length) == errors


def test_a_word_that_some_list_knows_is_no_typing_error_of_another() -> None:
    assert [hit.phrase.literal for hit in index("jerks", "jerky").search("jerky").hits] == ["jerky"]


def test_errors_are_counted_and_places_told() -> None:
    (hit,) = index("blue seizures").search("a seizurs then blue").hits
    assert (hit.positions, hit.errors) == (frozenset({1, 3}), 1)


def test_the_fewest_errors_count_when_a_word_is_met_twice() -> None:
    # "gripp" with "al" is a word of the list, "grippal" alone is near another choice of the same slot.
    (first, *_) = index("grippal|grippe fever").search("gripp al fever").hits
    assert first.errors == 0


def test_a_phrase_is_found_each_time_it_is_written() -> None:
    assert [set(hit.positions) for hit in index("blue lips").search("blue lips blue lips").hits] == [{0, 1}, {2, 3}]


def test_a_word_that_could_fill_two_slots_leaves_the_other_its_only_one() -> None:
    # "stopped" is both; far away stands a third word that must not decide which slot is filled first.
    hits = index("stopped|now stop*|halt*").search("stopped now a b c d e f halting halted halts").hits
    assert {0, 1} in [set(hit.positions) for hit in hits]


def test_each_word_tells_the_languages_that_know_it() -> None:
    found = index("fever", "breath*").search("fever breathing")
    assert found.words == ("fever", "breathing")
    assert found.languages == (frozenset({"en"}), frozenset())


def test_an_endless_message_is_looked_at_to_a_point() -> None:
    assert index("choking").search("a " * (LONGEST_MESSAGE - 1) + "choking").hits
    assert not index("choking").search("a " * LONGEST_MESSAGE + "choking").hits


def test_the_words_of_one_meaning_can_be_asked_for() -> None:
    assert index("min|minutes", "分钟", "two words").words_for("alarm") == {"min", "minutes", "分"}
    assert not index("min").words_for("degrees")
