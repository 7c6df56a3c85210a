"""What people might write is read from its files, and judged as a stranger's message would be."""

from collections import Counter

import pytest

from service.core.meanings import Does, Emergency, Meaning, Pressed, Speaks, Unknown, Unsure, Wants
from service.workshop.sentences import ASIDE, Sentence, answers, home, judged, right, sentences, understood
from tests.files.conftest import Desk
from tests.workshop.conftest import opened, write_words

FILE = """\
# a remark
stopped breathing => alarm

he wrote: a => b => symptoms + treatment
  lunch => nothing
no arrow at all
"""


def test_a_file_is_read_a_line_a_sentence(desk: Desk) -> None:
    desk.write("tests/words/en.txt", FILE)
    assert [*sentences(desk.root, "en")] == [
        Sentence("en", "stopped breathing", frozenset({"alarm"})),
        Sentence("en", "he wrote: a => b", frozenset({"symptoms", "treatment"})),  # the last arrow counts
        Sentence("en", "  lunch", frozenset({"nothing"})),
        Sentence("en", "", frozenset({"no arrow at all"})),  # is never right, so it shows
    ]


def test_those_kept_aside_are_apart_and_a_language_without_a_file_has_none(desk: Desk) -> None:
    desk.write("tests/words/aside/en.txt", "lunch => nothing\n")
    assert [*sentences(desk.root, "en")] == []
    assert [one.message for one in sentences(desk.root, "en", ASIDE)] == ["lunch"]
    assert [*sentences(desk.root, "es", ASIDE)] == []


@pytest.mark.parametrize(
    ("right_answers", "kind"),
    [
        ({"alarm"}, "alarm"),
        ({"alarm", "urgent"}, "alarm"),  # whoever may be in danger counts as that
        ({"nothing"}, "nothing"),
        ({"nothing", "thanks"}, "topic"),
        ({"symptoms"}, "topic"),
        ({"menu"}, "topic"),
        ({"language:es"}, "topic"),
    ],
)
def test_a_sentence_is_an_emergency_nonsense_or_something_we_have(right_answers: set[str], kind: str) -> None:
    assert Sentence("en", "", frozenset(right_answers)).kind == kind


@pytest.mark.parametrize(
    ("tag", "country"),
    [("en", "US"), ("sw", "TZ"), ("pt-BR", "BR"), ("pt-PT", "PT"), ("zh-Hans", "CN"), ("zh-Hant", "TW"), ("ht", "HT")],
)
def test_a_stranger_writes_from_where_most_speakers_are(tag: str, country: str) -> None:
    assert home(tag) == country


@pytest.mark.parametrize(
    ("meaning", "named"),
    [
        (Emergency(), {"alarm"}),
        (Emergency(self_harm=True, language="es"), {"alarm"}),
        (Pressed("5"), {"key 5"}),
        (Does("menu"), {"menu"}),
        (Speaks("es"), {"language:es"}),
        (Wants("symptoms", asked="es"), {"symptoms"}),
        (Wants("urgent", "fever"), {"urgent/fever"}),
        (Unsure(("about", "symptoms")), {"about", "symptoms"}),
        (Unknown("es"), {"nothing"}),
    ],
)
def test_every_meaning_has_a_name_in_the_files(meaning: Meaning, named: set[str]) -> None:
    assert answers(meaning) == named


@pytest.mark.parametrize(
    ("wanted", "got", "is_right"),
    [
        ("a", "a", True),
        ("a", "b", False),
        ("a", "a b", False),  # asked back although one thing is meant
        ("a b", "a", True),  # either is right
        ("a b", "a b", True),  # so is asking
        ("a b", "a b c", True),  # and asking for one more
        ("a b", "a c", False),
        ("a b", "c", False),
    ],
)
def test_one_right_answer_is_right_and_of_two_either_or_a_question(wanted: str, got: str, is_right: bool) -> None:
    sentence = Sentence("en", "", frozenset(wanted.split()))
    assert right(sentence, frozenset(got.split())) is is_right


@pytest.mark.parametrize(
    ("message", "of_a_stranger", "of_somebody_settled"),
    [
        ("okulsaltado", "symptoms", "symptoms"),
        ("okulsaltato", "nothing", "symptoms"),  # mistyped in a language nobody would expect of a stranger
        ("jumping eyes", "symptoms", "symptoms"),  # in another language
        ("ne plu spiras", "alarm", "alarm"),
    ],
)
def test_a_stranger_is_understood_by_country_and_somebody_settled_by_their_language(
    desk: Desk, message: str, of_a_stranger: str, of_somebody_settled: str
) -> None:
    write_words(desk)
    desk.languages("eo")  # nobody's home: no country makes it likely
    desk.translate("eo", {"words/symptoms": "okulsaltado", "words/alarm": "ne plu spiras"})
    shelf = opened(desk).shelf
    sentence = Sentence("eo", message, frozenset())
    assert understood(shelf.library, shelf.phrasebook, sentence) == {of_a_stranger}
    assert understood(shelf.library, shelf.phrasebook, sentence, settled=True) == {of_somebody_settled}


def test_all_sentences_of_a_file_are_counted_by_what_became_of_them(desk: Desk) -> None:
    write_words(desk)
    desk.write(
        "tests/words/en.txt",
        "stopped breathing => alarm\n"
        "she has turned blue => alarm\n"
        "jumping eyes => symptoms\n"
        "jumping eyes, which medicine => symptoms\n"
        "jumping eyes and which medicine => symptoms + treatment\n"
        "unsteady walk => outlook + treatment\n"
        "overview => menu\n"
        "lunch => nothing\n"
        "unsteady walk => nothing\n",
    )
    shelf = opened(desk).shelf
    result = judged(desk.root, shelf.library, shelf.phrasebook, "en")
    assert result.counts == Counter(alarm=2, topic=5, nothing=2)
    assert result.right == Counter(alarm=1, topic=3, nothing=1)
    assert +result.asked == Counter(topic=1)
    assert result.confused == Counter(
        {
            ("alarm", "nothing"): 1,
            ("symptoms", "symptoms or treatment"): 1,
            ("outlook + treatment", "symptoms"): 1,
            ("nothing", "symptoms"): 1,
        }
    )
    assert judged(desk.root, shelf.library, shelf.phrasebook, "en", ASIDE).counts == Counter()


def test_it_is_told_apart_how_a_stranger_and_somebody_settled_fare(desk: Desk) -> None:
    write_words(desk)
    desk.languages("eo")
    desk.translate("eo", {"words/symptoms": "okulsaltado"})
    desk.write("tests/words/aside/eo.txt", "okulsaltato => symptoms\n")
    shelf = opened(desk).shelf
    assert not judged(desk.root, shelf.library, shelf.phrasebook, "eo", ASIDE).right
    assert judged(desk.root, shelf.library, shelf.phrasebook, "eo", ASIDE, settled=True).right == Counter(topic=1)
