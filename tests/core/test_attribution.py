"""Which language a message is in: also where the words of one are written among those of another."""

import pytest

from service.core.borrowed import Borrowed, Vocabulary
from service.core.meanings import Does, Emergency, Meaning, Unknown, Wants
from tests.core.words import phrasebook

LISTS = {
    "en": {
        "alarm": ["not breathing"],
        "symptoms": ["symptoms", "signs", "danger"],
        "treatment": ["side effects", "test"],
        "common": ["what", "are", "the", "menu"],
        "hello": ["hello"],
        "menu": ["menu"],
        "name": ["english", "kwa kiingereza"],
    },
    "sw": {
        "alarm": ["hapumui", "not breathing"],
        "symptoms": ["dalili", "symptoms", "signs"],
        "treatment": ["side effects", "madhara*"],
        "common": ["ni", "what", "the", "dakika"],
        "hello": ["habari", "hello"],
        "menu": ["menu"],
        "minutes": ["20"],
    },
    "fr": {"symptoms": ["symptomes", "danger"], "treatment": ["test"], "menu": ["menu"], "hello": ["bonjour", "hello"]},
    "bn": {"symptoms": ["symptoms", "danger"], "treatment": ["test"], "outlook": ["tree"]},
}
TEXTS = {"en": {"tree", "danger"}, "sw": {"dalili", "signs"}, "fr": {"menu"}, "bn": {"লক্ষণ"}}
VOCABULARY = Vocabulary(TEXTS, {"en": (), "fr": (), "sw": ("en",), "bn": ("en",)})
BOOK = phrasebook(LISTS, VOCABULARY)
KENYA, FRANCE, GERMANY, AMERICA = ("sw", "en"), ("fr",), ("de",), ("en", "es")


@pytest.mark.parametrize(
    ("word", "languages", "remark"),
    [
        ("symptoms", {"sw", "bn"}, "an English word, whichever list has it"),
        ("signs", {"bn"}, "but not in a language whose own texts use it"),
        ("tree", {"sw", "bn"}, "English texts count as its lists do"),
        ("dalili", set(), "no English word"),
        ("20", set(), "numbers are everybody's"),
        ("kiingereza", set(), "what others call a language is no word of it"),
    ],
)
def test_a_word_is_borrowed_where_the_lender_has_it_and_the_own_texts_do_not(
    word: str, languages: set[str], remark: str
) -> None:
    assert Borrowed(BOOK.phrases, VOCABULARY).by(word) == languages, remark


@pytest.mark.parametrize(
    ("text", "prefer", "meaning", "remark"),
    [
        ("symptoms", GERMANY, Wants("symptoms", "", "en"), "of the languages that list it, the one it is from"),
        ("symptoms", AMERICA, Wants("symptoms", "", "en"), "it is theirs: decided"),
        ("symptoms", KENYA, Wants("symptoms", "", "en", shared=True), "English, though Swahili speakers write it too"),
        ("dalili", KENYA, Wants("symptoms", "", "sw"), "their own word"),
        ("dalili", AMERICA, Wants("symptoms", "", "sw"), "wherever they are"),
        ("what are the symptoms", KENYA, Wants("symptoms", "", "en"), "a word only English has settles it"),
        ("symptoms ni what", KENYA, Wants("symptoms", "", "sw"), "one own word among borrowed ones: theirs"),
        ("signs", KENYA, Wants("symptoms", "", "sw", shared=True), "of both: the likelier, for now"),
        ("madharaa", KENYA, Wants("treatment", "", "sw"), "a stem shows a language as well"),
        ("danger", FRANCE, Wants("symptoms", "", "fr", shared=True), "French as well as English"),
        ("danger", GERMANY, Wants("symptoms", "", "en", shared=True), "where neither is likely, English"),
        ("test", FRANCE, Wants("treatment", "", "fr", shared=True), "the person's, among equals"),
        ("not breathing", KENYA, Emergency(language="en", shared=True), "an alarm as it was written"),
        ("hapumui", KENYA, Emergency(language="sw"), "or in their own words"),
        ("hello", KENYA, Does("hello", None, shared=True), "a greeting of many languages"),
        ("habari", KENYA, Does("hello", "sw"), "and of one"),
        ("hello", AMERICA, Does("hello", "en", shared=True), "at home it is their own"),
        ("menu", FRANCE, Does("menu", "fr", shared=True), "an international word"),
        ("the xylophone", KENYA, Unknown(None), "nothing is shown by one small word"),
    ],
)
def test_which_language_a_message_is_in(text: str, prefer: tuple[str, ...], meaning: Meaning, remark: str) -> None:
    assert BOOK.understand(text, prefer) == meaning, remark


def test_other_texts_beside_the_same_lists_are_told_without_reading_the_lists_again() -> None:
    owned = BOOK.knowing(Vocabulary({**TEXTS, "sw": {"symptoms"}}, VOCABULARY.mixed_with))
    assert owned.understand("symptoms", KENYA) == Wants("symptoms", "", "sw", shared=True)
    assert owned.phrases is BOOK.phrases
    assert BOOK.understand("symptoms", KENYA) == Wants("symptoms", "", "en", shared=True), (
        "and the first stays as it is"
    )
