"""What somebody means: an emergency before anything else, and nonsense never guessed into medicine."""

from dataclasses import replace
from statistics import median
from time import perf_counter

import pytest

from service.core.content import TOPICS
from service.core.matching import LONGEST_HINT, MOST_HINTS, Phrasebook
from service.core.meanings import (
    ALARM,
    COMMANDS,
    SELF_HARM,
    Does,
    Emergency,
    Meaning,
    Pressed,
    Speaks,
    Unknown,
    Unsure,
    Wants,
)
from tests.core.words import LISTS, phrasebook

BOOK = phrasebook()
EN, ES, DE, ZH = ("en",), ("es",), ("de",), ("zh",)
FEVER = Wants("urgent", "fever", "en")


@pytest.mark.parametrize(
    ("text", "prefer", "meaning", "remark"),
    [
        # Emergencies
        ("he is NOT breathing!!!", EN, Emergency(language="en"), "a negative word is part of it"),
        ("breathing he has stopped", EN, Emergency(language="en"), "in any order"),
        ("unconcious", EN, Emergency(language="en"), "a typing error"),
        ("no respira", EN, Emergency(language="es"), "in any language"),
        ("他叫不醒", EN, Emergency(language="zh"), "of any script"),
        ("救命", EN, Emergency(language="zh"), "save a life"),
        ("cantbreathing", EN, Emergency(language="en"), "typed together"),
        ("collapsd", ES, Unknown(None), "one mistyped word of a language the person is not expected to write"),
        ("stopd breathing", ES, Unknown(None), "a short word with an error is none"),
        ("wont wkae", ES, Unknown(None), "the same"),
        ("no despirta", EN, Emergency(language="es"), "two words, one mistyped, count in every language"),
        ("is he not choking on the signs", EN, Emergency(language="en"), "never argued away"),
        ("no respira, he is choking", EN, Emergency(language="es"), "the heavier one tells the language"),
        ("limp", EN, Emergency(language="en"), "weak, alone"),
        ("is my son limp please", EN, Emergency(language="en"), "weak, with common words"),
        ("we limp along the river", EN, Unknown("en"), "weak, among others"),
        ("med icine xyz", EN, Wants("treatment", "", "en"), "typed apart"),
        ("sc an the xylophone", EN, Unknown(None), "typed apart, weak, and not twice"),
        ("limp and choking", EN, Emergency(language="en"), "weak, with another"),
        ("he is limping", EN, Unknown("en"), "innocent"),
        ("I am cooking dinner", EN, Unknown(None), "innocent"),
        ("cooking hurts", EN, Emergency(language="en"), "a phrase that holds an innocent word is not excused by it"),
        ("she collapsed on the sofa laughing", EN, Unknown("en"), "an innocent phrase, in its order"),
        ("laughing, then she collapsed", EN, Emergency(language="en"), "in another order it excuses nothing"),
        ("collapsed, not breathing, laughing", EN, Emergency(language="en"), "nor what is beside it"),
        ("my doctor stopped the medicine", EN, Unknown("en"), "idle talk"),
        ("we stopped the medicine, doctor is away", EN, Wants("treatment", "", "en"), "is not what a family did alone"),
        ("cooking and choking", EN, Emergency(language="en"), "an innocent word excuses no other"),
        ("want to die", EN, Emergency(self_harm=True, language="en"), "self-harm"),
        ("quiero morir", EN, Emergency(self_harm=True, language="es"), "in any language"),
        ("wont wake, want to die", EN, Emergency(self_harm=True, language="en"), "among equals self-harm"),
        ("911", EN, Emergency(), "an emergency number"),
        ("9-1-1", EN, Emergency(), "spelt out"),
        ("911 911!! 911", EN, Emergency(), "again and again"),
        ("help us, 911 please", EN, Emergency(language="en"), "with a cry for help"),
        ("we are in room 911", EN, Unknown(None), "without one it may be anything"),
        ("911 42", EN, Unknown(None), "beside another number it may be anything"),
        ("１１２", EN, Emergency(), "in other digits"),
        ("15", EN, Emergency(), "two digits are no key"),
        ("room 911", EN, Unknown(None), "only as the whole message"),
        # By the clock
        ("seizing for 5 min", EN, Emergency(language="en"), "five minutes"),
        ("seizing for 4 min", EN, Unknown("en"), "four"),
        ("jerks 10 minutes", EN, Emergency(language="en"), "ten"),
        ("jerks for hours", EN, Emergency(language="en"), "hours"),
        ("抖了10分钟", ZH, Emergency(language="zh"), "minutes of an unspaced script"),
        ("jerks 10 times", EN, Unknown(None), "no minutes"),
        ("jerks", EN, Unknown(None), "not timed"),
        ("10 min", EN, Unknown(None), "nothing that lasts"),
        # Temperatures
        ("fever", EN, FEVER, "the word"),
        ("39 c", EN, FEVER, "Celsius"),
        ("101 F", EN, FEVER, "Fahrenheit"),
        ("101", EN, Unknown(None), "a number alone is none"),
        ("39", EN, Unknown(None), "nor this"),
        ("temp 39", EN, FEVER, "with a word of heat"),
        ("temp 101", EN, FEVER, "in Fahrenheit too"),
        ("temp 37.9", EN, Unknown(None), "below"),
        ("temp 99", EN, Unknown(None), "between the scales"),
        ("she has 38,5", EN, FEVER, "decimals, with a person"),
        ("she has 38", EN, Unknown(None), "years, perhaps"),
        ("38.6 and on medicine", EN, FEVER, "decimals, with a medicine"),
        ("medicine 38.5 mg", EN, Wants("treatment", "", "en"), "but not a dose"),
        ("37.9°", EN, Unknown(None), "below"),
        ("38°", EN, Wants("urgent", "fever", None), "the lowest"),
        ("100.4 f", EN, FEVER, "the lowest"),
        ("symptoms and 39°", EN, FEVER, "the same day comes before a topic"),
        ("worse, 39°", EN, FEVER, "fever accounts for more"),
        ("worse fever", EN, FEVER, "among equals, fever first"),
        ("relapse school", EN, Wants("urgent", "worse", "en"), "the same day comes first"),
        # Keys and commands
        ("２", EN, Pressed("2"), "a key"),
        ("*", EN, Pressed("*"), "a key"),
        ("MENU", EN, Does("menu", "en", shared=True), "a command"),
        ("menu", ES, Does("menu", "es", shared=True), "of a word of several languages the person's"),
        ("mas", EN, Does("more", "es"), "of another language, alone"),
        ("more please", EN, Does("more", "en"), "with common words"),
        ("hello, menu please", EN, Does("menu", "en"), "and greetings"),
        ("more symptoms", EN, Wants("symptoms", "", "en"), "no command among other words"),
        ("moore rubbish", EN, Unknown(None), "nor nearly"),
        ("thansk", EN, Does("thanks", "en"), "a typing error, alone"),
        ("hello", EN, Does("hello", "en"), "a greeting"),
        ("hello thanks", EN, Does("hello", "en"), "two of equal weight"),
        ("help", EN, Does("help"), "no network answers a call"),
        ("STOP", EN, Does("menu"), "likewise: it only means to get away"),
        # Languages
        ("español", EN, Speaks("es"), "a name"),
        ("in Spanish", EN, Speaks("es"), "with little else"),
        ("american english", ES, Speaks("en"), "a longer name"),
        ("中文", EN, Speaks("zh"), "in its own script"),
        ("symptoms in spanish", EN, Wants("symptoms", "", "en", "es"), "a topic in a language"),
        ("does anybody at all know spanish over there", EN, Unknown(None), "a name in passing"),
        # Topics
        ("what are the symptoms", EN, Wants("symptoms", "", "en"), "a topic"),
        ("neuroblastama", EN, Wants("diagnosis", "", "en"), "a typing error"),
        ("nuroblastama", EN, Wants("diagnosis", "", "en"), "two in a long word"),
        ("chicken pox", EN, Wants("treatment", "", "en"), "parted"),
        ("eyes are jumping", EN, Wants("symptoms", "", "en"), "two words"),
        ("test", EN, Wants("diagnosis", "", "en"), "weak, alone"),
        ("is the test", EN, Wants("diagnosis", "", "en"), "weak, with common words"),
        ("we test every engine", EN, Unknown(None), "weak, among others"),
        ("a test and then scan everything", EN, Wants("diagnosis", "", "en"), "two weak ones"),
        ("signs of tumor", EN, Wants("diagnosis", "", "en"), "the one that accounts for most words"),
        ("school symptoms", EN, Unsure(("symptoms", "outlook"), "en"), "two that are equally near"),
        ("school symptoms medicine spinal tap", EN, Wants("diagnosis", "", "en"), "unless one is heavier"),
        (
            "school symptoms medicine neuroblastoma",
            EN,
            Unsure(("symptoms", "diagnosis", "treatment"), "en"),
            "three at most",
        ),
        ("school", ES, Wants("support", "", "es", shared=True), "among equals the person's language"),
        (
            "school sintomas in spanish please",
            ES,
            Unsure(("symptoms", "support"), "es"),
            "in the language they ask for",
        ),
        ("gift", DE, Wants("diagnosis", "", "de", shared=True), "poison in German"),
        ("gift", EN, Wants("treatment", "", "en", shared=True), "not in English"),
        ("mi tos", EN, Wants("treatment", "", "es"), "a short word of another language, nearly alone"),
        ("i saw tos here", EN, Unknown(None), "among others it is another word"),
        ("sintomsa", EN, Unknown(None), "errors only in the person's languages"),
        ("sintomsa", (), Wants("symptoms", "", "es"), "or in any, where nothing is known of the person"),
        ("药", ZH, Wants("treatment", "", "zh"), "a single letter"),
        ("有什么症状", ZH, Wants("symptoms", "", "zh"), "an unspaced script"),
        # Nothing
        ("xylophone", EN, Unknown(None), "nonsense"),
        ("", EN, Unknown(None), "nothing"),
        ("das ist", EN, Unknown("de"), "common words show the language"),
    ],
)
def test_what_is_meant(text: str, prefer: tuple[str, ...], meaning: Meaning, remark: str) -> None:
    assert BOOK.understand(text, prefer) == meaning, remark


@pytest.mark.parametrize(
    ("text", "meaning", "remark"),
    [
        ("neuroblastama", Unknown(None), "recognised badly: no errors are assumed"),
        ("neuroblastoma", Wants("diagnosis", "", "en"), "what fits exactly still counts"),
        ("unconcious", Emergency(language="en"), "and an alarm counts as always"),
    ],
)
def test_speech_that_was_recognised_badly(text: str, meaning: Meaning, remark: str) -> None:
    assert BOOK.understand(text, EN, sure=False) == meaning, remark


def test_an_alarm_of_any_list_is_heard_by_everybody(phrasebook: Phrasebook) -> None:
    unheard = [
        (phrase.language, phrase.literal)
        for phrase in phrasebook.phrases
        if phrase.meaning in {ALARM, SELF_HARM}
        and not isinstance(phrasebook.understand(phrase.literal, ("xx",)), Emergency)
    ]
    assert not unheard


def test_every_choice_of_words_in_an_alarm_is_heard(phrasebook: Phrasebook) -> None:
    """No other list, innocent words above all, hides a wording that translators wrote down as an emergency."""
    tried, unheard = 0, []
    for phrase in phrasebook.phrases:
        if phrase.meaning not in {ALARM, SELF_HARM} or phrase.weak:
            continue
        for which in range(max(map(len, phrase.slots))):
            words = [slot[which % len(slot)].rstrip("*") for slot in phrase.slots]
            if len({*words}) == len(words):
                tried += 1
                if not isinstance(phrasebook.understand(" ".join(words), (phrase.language,)), Emergency):
                    unheard.append((phrase.language, words))
    assert tried > len(phrasebook.phrases)
    assert not unheard


def test_hints_for_speech_recognition_begin_with_alarms() -> None:
    hints = BOOK.hints("en").split(",")
    alarms = LISTS["en"]["alarm"]
    assert hints[0] in alarms
    assert "neuroblastoma" in hints
    assert "not breath" not in hints, "half a word is no hint"
    assert "cooking" not in hints, "what only helps the search is not expected"
    assert not BOOK.hints("tlh")


def test_hints_keep_within_twilios_limits() -> None:
    many = {"xx": {"symptoms": [f"word{number}" for number in range(300)] + ["a" * (LONGEST_HINT + 1)]}}
    hints = phrasebook(many).hints("xx").split(",")
    assert len(hints) == MOST_HINTS
    assert max(map(len, hints)) <= LONGEST_HINT


def test_the_cost_does_not_grow_with_the_languages() -> None:
    one = phrasebook({"en": LISTS["en"]})
    copies = [replace(phrase, language=f"q{n:02}") for n in range(26) for phrase in one.phrases]
    many = Phrasebook(copies, TOPICS, {"911"})
    messages = (
        "we went to the hospital yesterday and nobody there could tell us what to do about our daughter",
        "his eyes keep moving around and around and we are very scared about what comes next for us",
        "good morning from all of us over here in the mountains",
        "where do children like ours usually go for treatmnt around Chicago",
        "xylophone",
    )

    def spent(book: Phrasebook) -> float:
        begun = perf_counter()
        for message in messages:
            book.understand(message, EN)
        return perf_counter() - begun

    rounds = [(spent(one), spent(many)) for _ in range(101)]
    assert median(many for _, many in rounds) <= 3 * median(one for one, _ in rounds)


def test_every_command_can_be_given() -> None:
    assert all(
        phrasebook({"en": {command: [f"please {command}"]}}).understand(f"please {command}") == Does(command, "en")
        for command in COMMANDS
    )


def test_one_short_mistyped_word_is_asked_about() -> None:
    lists = {"en": {"diagnosis": ["tumor"], "symptoms": ["symptoms"], "common": ["the"]}}
    assert phrasebook(lists).understand("tumer") == Unsure(("diagnosis",), "en")
    assert phrasebook(lists).understand("symtoms") == Wants("symptoms", "", "en")


def test_thanks_and_greetings_in_a_few_words_are_returned() -> None:
    lists = {"en": {"thanks": ["thank"], "hello": ["hello"]}}
    assert phrasebook(lists).understand("thank you so much") == Does("thanks", "en")
    assert phrasebook(lists).understand("hello my dear friends") == Does("hello", "en")
    assert phrasebook(lists).understand("hello my dear friends of the sea") == Unknown(None)


@pytest.mark.parametrize(
    ("text", "meaning", "remark"),
    [
        ("next part please", Does("more", "en"), "nothing but the command"),
        ("next part please, my phone went dark", Does("more", "en"), "and what follows says nothing to us"),
        ("please the next part, my phone went dark", Does("more", "en"), "after small words"),
        ("my phone went dark, next part", Unknown("en"), "further on it may be part of a story"),
        ("next part of her treatment", Wants("treatment", "", "en"), "a topic is what is meant"),
        ("next prat please, my phone went dark", Unknown("en"), "with an error it is a guess"),
        ("continue whatever happens over there", Unknown(None), "one word among others is no command"),
        ("go on whatever happens over there", Unknown("en"), "nor are a few letters"),
        ("say it once again, my phone went dark", Unknown("en"), "nor what is weak"),
        ("hello dear friends of the whole wide sea", Unknown("en"), "a greeting is no wish"),
    ],
)
def test_a_command_of_several_words_may_begin_a_longer_message(text: str, meaning: Meaning, remark: str) -> None:
    lists = {
        "en": {
            "more": ["next part", "continue", "go on"],
            "again": ["once again?"],
            "hello": ["hello dear friends"],
            "treatment": ["treatment"],
            "common": ["the", "please", "my", "it", "of"],
        }
    }
    assert phrasebook(lists).understand(text, EN) == meaning, remark


@pytest.mark.parametrize(
    ("text", "language", "remark"),
    [
        ("in english please", "en", "the only one"),
        ("no entiendo el ingles, en aleman por favor", "de", "not the one that the other words are in, nor the nearer"),
        ("espanol no, aleman", "de", "likewise, word by word"),
        ("aleman no, espanol por favor", "es", "what stands in one piece is what is meant"),
        ("por favor, aleman no, espanol", "de", "words in another order are no piece"),
        ("no entiendo el por favor en ingles, en aleman", "de", "of two equals the last"),
    ],
)
def test_of_several_languages_the_one_that_is_asked_for_is_meant(text: str, language: str, remark: str) -> None:
    lists = {
        "en": {"name": ["english", "in english", "ingles", "en ingles"], "common": ["please"]},
        "de": {"name": ["aleman", "en aleman"], "common": ["bitte"]},
        "es": {"name": ["espanol", "espanol por favor"], "common": ["no", "entiendo", "el", "por", "favor"]},
    }
    assert phrasebook(lists).understand(text, ES) == Speaks(language), remark


@pytest.mark.parametrize(
    ("text", "meaning", "remark"),
    [
        ("my husband reads only deutsch so could it be in that", Speaks("de"), "another one"),
        ("my husband reads english so could it be in that", Unknown("en"), "their own is no wish"),
        (
            "husband reads only lao so could it be in that",
            Unknown("en"),
            "short names are words of other languages too",
        ),
        (f"my husband reads only deutsch so {'and so on ' * 5}", Unknown("en"), "in a long story it is none either"),
    ],
)
def test_another_language_in_a_few_words_is_a_wish(text: str, meaning: Meaning, remark: str) -> None:
    lists = {
        "en": {"name": ["english"], "common": ["my", "so", "it", "be", "in", "that", "and", "on"]},
        "de": {"name": ["deutsch"]},
        "lo": {"name": ["lao"]},
    }
    assert phrasebook(lists).understand(text, EN) == meaning, remark


def test_a_language_is_shown_by_two_words_where_nothing_else_is_understood() -> None:
    lists = {"es": {"common": ["mi", "vecino", "y"]}}
    assert phrasebook(lists).understand("mi vecino vende") == Unknown("es")
    assert phrasebook(lists).understand("vecino y y vende") == Unknown(None)


def test_names_of_the_illness_mean_what_it_is_only_where_nothing_else_is_meant() -> None:
    lists = {"en": {"illness": ["oms"], "treatment": ["treatment"], "common": ["the", "of", "is"]}}
    assert phrasebook(lists).understand("OMS") == Wants("about", "", "en")
    assert phrasebook(lists).understand("the treatment of OMS") == Wants("treatment", "", "en")


def test_a_unit_may_stand_before_its_number() -> None:
    lists = {"sw": {"alarm/timed": ["anatetemeka"], "minutes": ["dakika"]}}
    assert phrasebook(lists).understand("anatetemeka dakika 10") == Emergency(language="sw")
    assert phrasebook(lists).understand("anatetemeka dakika 2") == Unknown("sw")


def test_letters_that_mean_something_else_are_asked_about() -> None:
    lists = {
        "es": {
            "illness": ["oms?", "sindrome oms"],
            "about": ["que es?"],
            "common": ["la", "el"],
            "treatment": ["cura"],
        },
        "en": {"illness": ["oms"]},
    }
    understand = phrasebook(lists).understand
    assert understand("que es la OMS", ("es", "en")) == Unsure(("about",), "es")
    assert understand("que es el sindrome OMS", ("es", "en")) == Wants("about", "", "es")
    assert understand("cura OMS", ("es", "en")) == Wants("treatment", "", "es")


def test_a_name_that_describes_a_sign_is_still_the_name() -> None:
    lists = {"en": {"illness": ["dancing eyes"], "symptoms": ["danc* eyes"], "common": ["her", "are"]}}
    assert phrasebook(lists).understand("dancing eyes") == Wants("about", "", "en")
