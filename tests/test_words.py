"""What families write is understood: the files of tests/words, owned by translators.

Every emergency is answered with the alarm.  The share of right answers may not fall below what was reached; the lines
known to fail stand in words/known.txt, which may only shrink.
"""

import pytest

from service.core.content import Person
from service.core.conversation import Said, arrive, move
from service.core.meanings import Unsure
from service.core.places import AnyPlace
from service.house import ROOT, House
from service.workshop.sentences import (
    ASIDE,
    NOTHING,
    Result,
    Sentence,
    answers,
    home,
    judged,
    right,
    sentences,
    understood,
)

LANGUAGES = (
    "en", "es", "fr", "pt-BR", "de", "it", "nl", "pl", "ru", "uk", "tr", "ar", "fa", "ur", "hi", "bn",
    "zh-Hans", "zh-Hant", "ja", "ko", "vi", "id", "fil", "sw", "am", "ht",
)  # fmt: skip
HARD = ("en", "es", "fr")  # where somebody has written messages to find what the lists miss
LEAST_RIGHT = 0.95


def known() -> set[str]:
    lines = (ROOT / "tests" / "words" / "known.txt").read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def heard(house: House, one: Sentence, *, settled: bool = False) -> frozenset[str]:
    return understood(house.shelf.library, house.shelf.phrasebook, one, settled=settled)


def result(house: House, language: str, folder: str = "") -> Result:
    return judged(ROOT, house.shelf.library, house.shelf.phrasebook, language, folder)


def test_every_language_has_its_file(house: House) -> None:
    files = {path.stem for path in (ROOT / "tests" / "words").glob("*.txt")} - {"known"}
    assert files == {*house.shelf.languages.entries} == {*LANGUAGES}
    for language in LANGUAGES:
        kinds = [one.kind for one in sentences(ROOT, language)]
        assert len(kinds) >= 60
        assert kinds.count("alarm") >= 15
        assert kinds.count(NOTHING) >= 8


def test_every_answer_in_the_files_is_one_we_have(house: House) -> None:
    targets = {phrase.meaning for phrase in house.shelf.phrasebook.phrases}
    given = {
        answer
        for language in LANGUAGES
        for folder in ("", ASIDE, "later", "third", "fourth")
        for one in sentences(ROOT, language, folder)
        for answer in one.answers
    }
    assert given <= targets | {NOTHING} | {f"language:{tag}" for tag in LANGUAGES}


def test_no_sentence_is_a_phrase_of_the_lists(house: House) -> None:
    """Else the tests would show that the lists hold what stands in them."""
    written = {(phrase.language, phrase.literal) for phrase in house.shelf.phrasebook.phrases if len(phrase.slots) > 4}
    assert not {(one.language, one.message) for language in LANGUAGES for one in sentences(ROOT, language)} & written


def reached(house: House, message: str, country: str) -> AnyPlace:
    """Where the first message of somebody with a number of `country` leads."""
    library = house.shelf.library
    return move(library, house.shelf.phrasebook, arrive(library, Person(country)), Said(message))


def test_only_the_known_lines_fail_and_all_of_them_do(house: House) -> None:
    failing = {
        f"{language}: {one.message}"
        for language in LANGUAGES
        for one in sentences(ROOT, language)
        if not right(one, heard(house, one))
    }
    assert failing == known()


@pytest.mark.parametrize("settled", [False, True], ids=["a stranger", "somebody who chose the language"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_emergency_is_answered_with_the_alarm(house: House, language: str, *, settled: bool) -> None:
    for one in sentences(ROOT, language):
        if one.kind == "alarm":
            assert heard(house, one, settled=settled) == {"alarm"}, one.message


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_emergency_is_heard_from_somebody_set_to_another_language(house: House, language: str) -> None:
    phrasebook = house.shelf.phrasebook
    alarms = [one.message for one in sentences(ROOT, language) if one.kind == "alarm"]
    for other in ("en", "es", "ar", "zh-Hans"):
        if other != language:
            found = [type(phrasebook.understand(message, (other,))).__name__ == "Emergency" for message in alarms]
            assert sum(found) / len(found) >= LEAST_HEARD.get(language, LEAST_RIGHT), other


@pytest.mark.parametrize("language", LANGUAGES)
def test_nonsense_is_never_guessed_into_medicine(house: House, language: str) -> None:
    for one in sentences(ROOT, language):
        if one.kind == NOTHING:
            assert heard(house, one) == {NOTHING} or f"{language}: {one.message}" in known(), one.message


@pytest.mark.parametrize(
    ("language", "folder"),
    [
        *((one, folder) for one in LANGUAGES for folder in (ASIDE, "later", "third", "fourth")),
        *((one, "hard") for one in HARD),
    ],
)
def test_what_was_reached_once_is_not_lost(house: House, language: str, folder: str) -> None:
    reached = result(house, language, folder)
    assert reached.right["alarm"] == reached.counts["alarm"]
    assert reached.right["topic"] / reached.counts["topic"] >= REACHED[folder][0]
    assert reached.right[NOTHING] / reached.counts[NOTHING] >= REACHED[folder][1]


# The least share of right topics, and of nonsense left alone.
REACHED = {"aside": (0.85, 0.8), "later": (0.9, 0.8), "third": (0.7, 0.8), "fourth": (0.7, 0.9), "hard": (0.95, 0.93)}
# Alarms that lean on a typing error are heard only where the language is likely.
LEAST_HEARD = {"ar": 0.9}


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "we stopped the prednisolone, doctor does not answer"),
        ("en", "ran out of steroids, doctor stopped answering"),
        ("es", "paró los corticoides y el doctor no contesta"),
        ("fr", "on a arrêté la cortisone sans le docteur"),
        ("pt-BR", "o pai suspendeu o corticoide e o médico não atende"),
        ("de", "wir haben das Kortison abgesetzt und erreichen den Arzt nicht"),
        ("it", "abbiamo sospeso il cortisone e il medico non risponde"),
        ("pl", "mąż odstawił sterydy a lekarz nie odbiera"),
        ("ru", "папа отменил гормоны врач не отвечает"),
        ("uk", "тато скасував гормони лікар не відповідає"),
        ("hi", "हमने स्टेरॉयड बंद कर दिया डॉक्टर फोन नहीं उठा रहा"),
        ("ur", "hum ne steroid band kar di doctor phone nahi utha raha"),
        ("fil", "itinigil namin ang steroids, di sumasagot ang doktor"),
        ("sw", "tumeacha dawa daktari hapatikani"),
    ],
)
def test_a_family_that_stopped_the_medicine_alone_is_not_taken_for_idle_talk(
    house: House, language: str, message: str
) -> None:
    assert heard(house, Sentence(language, message, frozenset())) != {NOTHING}


@pytest.mark.parametrize(
    ("message", "prefer", "answer"),
    [
        ("he stopped breathing", "en", "alarm"),
        ("my son cant wake up", "en", "alarm"),
        ("seizer for 6 min", "en", "alarm"),
        ("she is not having a seizure, what are the signs", "en", "alarm"),
        ("I am cooking dinner", "en", "nothing"),
        ("911", "en", "alarm"),
        ("fever 38.5 on rituximab", "en", "urgent/fever"),
        ("101 F", "en", "urgent/fever"),
        ("what is oms", "en", "about"),
        ("dancing eyes", "en", "about"),
        ("eyes jumping and falling", "en", "symptoms"),
        ("neuroblastama", "en", "diagnosis"),
        ("no respira", "es", "alarm"),
        ("NO DESPIERTA!!!", "es", "alarm"),
        ("fiebre", "es", "urgent/fever"),
        ("il ne respire plus", "fr", "alarm"),
        ("mi hija tiene convulsion", "en", "alarm"),
        ("help", "en", "help"),
        ("i cant cope", "en", "support"),
        ("want to die", "en", "alarm"),
    ],
)
def test_a_release_must_answer(house: House, message: str, prefer: str, answer: str) -> None:
    assert answers(house.shelf.phrasebook.understand(message, (prefer,))) == {answer}


@pytest.mark.parametrize(
    ("message", "country", "language", "settled"),
    [
        ("symptoms", "US", "en", True),
        ("symptoms", "KE", "en", False),  # Swahili speakers write it too
        ("symptoms", "DE", "en", True),
        ("symptoms", "JP", "en", False),
        ("seizure", "RU", "en", False),
        ("diagnosis", "IN", "en", False),
        ("not breathing", "ID", "en", False),
        ("her lips are blue", "TW", "en", True),
        ("my son is 3 his eyes dance", "KE", "en", True),
        ("what can I do against the fever", "TR", "en", True),
        ("dalili", "US", "sw", True),
        ("dalili", "KE", "sw", True),
        ("mtoto ana seizure", "KE", "sw", True),
        ("doctor ne kaha seizure hai", "IN", "hi", True),
        ("bukhar", "IN", "hi", False),  # Urdu speakers write it too
        ("mi hija tiene fiebre", "US", "es", True),
        ("ma petite a de la fièvre, que faire", "DE", "fr", True),
        ("contact", "FR", "fr", False),
        ("Tests", "DE", "de", False),
        ("緊急のサイン", "JP", "ja", True),
        ("緊急のサイン", "US", "ja", True),
        ("बुखार", "US", "hi", True),
        ("ትኩሳት", "DE", "am", True),
        ("hello", "KE", "sw", False),  # which language?
        ("hello", "US", "en", False),
        ("menu", "TR", "tr", False),
        ("habari", "US", "sw", True),
        ("покажи список тем", "US", "ru", False),
    ],
)
def test_a_stranger_is_answered_in_the_language_they_wrote_in(
    house: House, message: str, country: str, language: str, *, settled: bool
) -> None:
    place = reached(house, message, country)
    assert (place.language, place.person.settled) == (language, settled)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_every_message_is_answered_in_its_language(house: House, language: str) -> None:
    asked = [
        one.message for folder in ("", ASIDE, "later", "third", "fourth") for one in sentences(ROOT, language, folder)
        if one.kind != NOTHING and not any(answer.startswith("language:") for answer in one.answers)
    ]  # fmt: skip
    for country, least in ((home(language), 0.94), ("US", 0.89)):
        own = sum(reached(house, message, country).language == language for message in asked)
        assert own / len(asked) >= least, country


def test_the_letters_alone_are_offered_where_they_mean_the_world_health_organization(house: House) -> None:
    meaning = house.shelf.phrasebook.understand("qué es la OMS", ("es",))
    assert meaning == Unsure(("about",), "es", shared=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_writes_what_a_choice_or_title_says_gets_there(house: House, language: str) -> None:
    edition, understand = house.shelf.library.editions[language], house.shelf.phrasebook.understand
    for topic in edition.topics.values():
        for text in (topic.title.text, edition.prompts[f"choice/{topic.id}"].text.replace("{key}", "")):
            got = answers(understand(text, (language,)))
            # Where the word for "urgent" is "emergency", it is taken for one: better so.
            assert got == {topic.id} or (topic.id, *got) in {("support", "people"), ("urgent", "alarm")}, text
    commands = {"more-topics": "more", "language": "languages", "next": "more", "people": "people", "back": "menu"}
    for choice, command in commands.items():
        got = answers(understand(edition.prompts[f"choice/{choice}"].text.replace("{key}", ""), (language,)))
        assert got & {command, "back", "help"} or (choice, *got) == ("more-topics", "menu"), choice
