"""From files to a library: what is served in which language, and what is left out."""

from datetime import date

import pytest

from service.core.content import TOPICS
from service.core.errors import LineError
from service.core.meanings import Wants
from service.files.library import Choice, read_library
from service.files.messages import messages
from service.files.problems import Problems
from service.files.reviews import LEDGER, Review, add_reviews, digest
from service.files.source import read_source
from tests.files.conftest import TODAY, Desk


def test_a_topic_is_offered_whole_or_not_at_all(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"about/blame": ""}, prefix="xx ")
    topics = desk.read().library.editions["xx"].topics
    assert {name for name, topic in topics.items() if topic.language == "en"} == {"about"}
    assert not any(passage.wording.text.startswith("xx") for passage in topics["about"].passages)
    assert topics["urgent"].passages[0].wording.text.startswith("xx ")


def test_a_spoken_wording_that_is_missing_costs_the_topic_too(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"treatment/medicines/voice": ""}, prefix="xx ")
    assert desk.read().library.editions["xx"].topics["treatment"].language == "en"


def test_a_title_may_be_said_in_another_way_than_it_is_written(desk: Desk) -> None:
    desk.edit("content/topics/about.toml", 'title = "What is OMS?"', 'title = "OMS?"\ntitle_voice = "What is OMS?"')
    title = desk.read().library.editions["en"].topics["about"].title
    assert (title.text, title.voice) == ("OMS?", "What is OMS?")


def test_the_nearest_language_of_the_chain_is_served(desk: Desk) -> None:
    desk.languages("xy", "xx", more='fallbacks = ["xy"]\n')
    desk.translate("xx", {"about/blame": "", "adults/care": ""}, prefix="xx ")
    desk.translate("xy", {"adults/care": ""}, prefix="xy ")
    topics = desk.read().library.editions["xx"].topics
    assert [topics[name].language for name in ("urgent", "about", "adults")] == ["xx", "xy", "en"]


def test_stale_text_is_never_served(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", prefix="xx ")
    desk.edit("content/topics/about.toml", "You cannot catch it.", "No one can catch it.")
    assert desk.read().library.editions["xx"].topics["about"].language == "en"


@pytest.mark.parametrize("name", ["alarm", "alarm/voice", "alarm/unknown-number", "prompt/ask", "prompt/star/voice"])
def test_a_language_without_its_own_words_or_alarm_is_not_offered(desk: Desk, name: str) -> None:
    desk.languages("xx")
    desk.translate("xx", {name: ""}, prefix="xx ")
    assert list(desk.read().library.editions) == ["en"]


def test_drafts_are_served_only_where_they_may_be(desk: Desk) -> None:
    desk.languages("xx", "xy")
    desk.translate("xx", prefix="xx ", fuzzy=True)
    desk.translate("xy", prefix="xy ")
    editions = desk.read().library.editions
    assert [(tag, edition.draft, edition.reviewed) for tag, edition in editions.items()] == [
        ("en", False, False), ("xx", True, False), ("xy", False, False),
    ]  # fmt: skip


def reviewed(desk: Desk, kind: str, *names: str) -> None:
    """Reviews of these messages of xx as they are now; of all without any."""
    known = {one.id: one.text for one in messages(read_source(desk.root))}
    rows = [
        Review(name, digest(known[name]), digest(f"xx {known[name]}"), kind, "Somebody", "2026-11-30")
        for name in names or known
    ]
    add_reviews(desk.root, "xx", rows)


@pytest.mark.parametrize("kind", ["language", "medical"])
def test_without_drafts_only_what_a_second_person_has_reviewed_is_served(desk: Desk, kind: str) -> None:
    desk.languages("xx")
    desk.translate("xx", prefix="xx ")
    assert list(desk.read(drafts=False).library.editions) == ["en"], "a translator's own word is not enough"
    reviewed(desk, kind)
    strict = desk.read(drafts=False).library.editions
    assert list(strict) == ["en", "xx"]
    assert {topic.language for topic in strict["xx"].topics.values()} == {"xx"}
    assert strict["xx"].reviewed is (kind == "medical")
    desk.translate("xx", {"about/blame": "xx another"}, prefix="xx ")
    assert desk.read(drafts=False).library.editions["xx"].topics["about"].language == "en", "it was another text"
    assert desk.read().library.editions["xx"].topics["about"].language == "xx"
    desk.translate("xx", {"alarm/voice": "xx {emergency} another"}, prefix="xx ")
    assert list(desk.read(drafts=False).library.editions) == ["en"]


def test_without_drafts_a_review_of_a_marked_text_is_none(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", prefix="xx ", fuzzy=True)
    reviewed(desk, "language")
    assert list(desk.read(drafts=False).library.editions) == ["en"]


def test_a_topic_that_is_not_reviewed_may_be_borrowed_from_where_it_is(desk: Desk) -> None:
    desk.languages("xx", "xy", more='fallbacks = ["xx"]\n')
    desk.translate("xx", prefix="xx ")
    reviewed(desk, "language")
    desk.translate("xy", prefix="xx ")  # the same words, so that the same reviews hold
    ledger = (desk.root / f"locales/xx/{LEDGER}").read_text("utf-8").splitlines()
    desk.write(f"locales/xy/{LEDGER}", "\n".join(row for row in ledger if not row.startswith("about/")) + "\n")
    editions = desk.read(drafts=False).library.editions
    assert [editions["xy"].topics[name].language for name in ("urgent", "about")] == ["xy", "xx"]


@pytest.mark.parametrize(
    ("asked", "offered", "remark"),
    [
        (("es",), ["es"], ""),
        (("es-MX",), ["es"], "the Spanish there is"),
        (("es-MX", "es", "es-419"), ["es"], "once"),
        (("pt-PT", "es"), ["es", "pt-BR"], "in the order of the file"),
        (("en-GB",), ["en"], ""),
        ((), ["en", "es", "pt-BR"], "all"),
    ],
)
def test_a_language_is_offered_by_any_of_its_names(
    desk: Desk, asked: tuple[str, ...], offered: list[str], remark: str
) -> None:
    desk.languages("es", "pt-BR")
    for tag in ("es", "pt-BR"):
        desk.translate(tag, prefix=f"{tag} ")
    assert list(desk.read(languages=asked).library.languages) == offered, remark


def test_a_topic_is_borrowed_from_the_same_language_elsewhere(desk: Desk) -> None:
    desk.languages("es", "es-MX")
    desk.translate("es", prefix="es ")
    desk.translate("es-MX", {"about/blame": ""}, prefix="mx ")
    topics = desk.read().library.editions["es-MX"].topics
    assert [topics[name].language for name in ("urgent", "about")] == ["es-MX", "es"]
    alone = desk.read(languages=("es-MX",)).library
    assert alone.languages == ("es-MX",)
    assert alone.editions["es-MX"].topics["about"].language == "es", "lent, and not offered"


def test_an_edition_is_reviewed_when_all_it_serves_is(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"about/blame": ""}, prefix="xx ")
    rows = [
        f"{m.id},{digest(m.text)},{digest('xx ' + m.text)},medical,Somebody,2026-11-30"
        for m in messages(read_source(desk.root))
    ]
    desk.write(f"locales/xx/{LEDGER}", "\n".join(["id,source_sha,target_sha,kind,reviewer,date", *rows]) + "\n")
    assert desk.read().library.editions["xx"].reviewed
    desk.write(f"locales/xx/{LEDGER}", "\n".join(["id,source_sha,target_sha,kind,reviewer,date", *rows[:-60]]) + "\n")
    assert not desk.read().library.editions["xx"].reviewed


def test_an_operator_decides_which_languages_are_offered(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", prefix="xx ")
    assert list(desk.read(languages=("xx",)).library.editions) == ["xx"]
    with pytest.raises(
        Problems, match=r"LANGUAGES: qq, qr: not in locales/languages\.toml, nor near to a language that is"
    ):
        desk.read(languages=("qq", "en", "qr"))
    desk.translate("xx", {"alarm": ""})
    with pytest.raises(LineError, match="no language is complete enough"):
        desk.read(languages=("xx",))


def test_the_operator_is_named_only_if_there_is_one(desk: Desk) -> None:
    def said(operator: str) -> str:
        passages = desk.read(operator=operator).library.editions["en"].topics["service"].passages
        return " ".join(passage.wording.text for passage in passages)

    assert "run by" not in said("")
    assert "This service is run by The Line." in said("The Line")


def test_a_review_is_dated_in_the_callers_language(desk: Desk) -> None:
    desk.languages("es")
    desk.translate("es", prefix="es ")
    before = desk.read().library.editions
    assert not before["en"].reviewed
    for name in TOPICS:
        desk.edit(f"content/topics/{name}.toml", "review_by", 'reviewed = 2026-11-21\nreviewer = "Dr. Who"\nreview_by')
    after = desk.read().library.editions
    assert after["en"].reviewed
    english, spanish = (
        next(p.wording for p in after[tag].topics["service"].passages if p.id == "checked") for tag in ("en", "es")
    )
    assert "November 21, 2026" in english.text
    assert "21 de noviembre de 2026" in spanish.voice
    assert after["en"].topics["service"].reviewed == date(2026, 11, 21)


def test_emergency_numbers_are_said_where_the_language_is_likely(desk: Desk) -> None:
    desk.languages("es")
    desk.translate("es", prefix="es ")
    desk.write(
        "content/emergency.toml",
        "\n".join(
            f'[{region}]\ncountry = "{region}"\nnumber = "{number}"\nkind = "all"\n'
            'confidence = "secondary"\nsource = "a list"\nconfirmed = false\nalso = ["119"]\n'
            for region, number in (("GT", "123"), ("JP", "120"))
        ),
    )
    shelf = desk.read()
    assert shelf.library.editions["es"].numbers_said == {"112", "911", "999", "123"}
    assert shelf.source.emergency_numbers == {"123", "120", "119"}
    assert shelf.library.emergency == {"GT": "123", "JP": "120"}


def test_a_word_that_cannot_be_read_costs_nothing_but_itself(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"words/menu": "a*\nstart over"}, prefix="xx ")
    shelf = desk.read()
    assert "xx" in shelf.library.editions
    assert [problem.file for problem in shelf.broken] == ["locales/xx/LC_MESSAGES/words.po"]
    assert [p.literal for p in shelf.phrasebook.phrases if p.language == "xx" and p.meaning == "menu"] == [
        "start over",
        "xx menu",
    ]


def test_a_language_can_be_looked_at_before_it_is_complete(desk: Desk) -> None:
    """What is still to be translated stands in brackets, and is said to be a draft; nobody else is offered it."""
    desk.languages("xx")
    desk.translate("xx", {"alarm": "", "about/blame": "", "prompt/list-comma": ""}, prefix="xx ")
    assert list(desk.read().library.editions) == ["en"]
    seen = desk.read(preview="xx").library.editions["xx"]
    assert (seen.alarm.text[:6], seen.alarm.voice[:3], seen.draft) == ("[Call ", "xx ", True)
    assert seen.topics["about"].language == "xx"
    assert {one.wording.text[0] for one in seen.topics["about"].passages} == {"[", "x"}
    assert seen.prompts["list-comma"].text == ", ", "a comma needs no brackets"


def test_what_is_shown_as_a_choice_is_understood_unless_it_is_too_long_for_a_phrase(desk: Desk) -> None:
    desk.languages("xx")
    long = "one two three four five six seven eight nine"
    desk.translate("xx", {"about/title": long, "outlook/title": "«life», with it?", "adults/title": "?!"}, prefix="xx ")
    phrases = desk.read().phrasebook.phrases
    shown = {one.meaning: one.literal for one in phrases if one.language == "xx" and one.meaning in TOPICS}
    assert shown["outlook"] == "life with it"
    assert long not in shown.values()
    assert shown["about"] != "" != shown["adults"], "their word lists are as they were"


def test_an_english_lexicon_that_cannot_be_read_is_no_start(desk: Desk) -> None:
    desk.write("locales/en/lexicon.toml", "[")
    with pytest.raises(Problems, match=r"locales/en/lexicon\.toml"):
        desk.read()


def test_an_english_word_in_a_list_of_a_mixed_language_does_not_make_a_message_one_of_it(desk: Desk) -> None:
    english = next(m.text for m in messages(read_source(desk.root)) if m.id == "words/outlook").splitlines()[0]
    desk.languages("xx")
    desk.translate("xx", {"words/outlook": english}, prefix="xx ")
    asked = Wants("outlook", "", "xx", shared=True)
    before = desk.read()
    assert before.phrasebook.understand(english, ("xx",)) == asked, "not mixed: it is as much theirs"
    desk.languages("xx", more='mixed_with = ["en"]\n')
    mixed = read_library(desk.root, Choice(today=TODAY), before)
    assert mixed.phrasebook.phrases is before.phrasebook.phrases
    assert mixed.phrasebook.understand(english, ("xx",)) == Wants("outlook", "", "en", shared=True)
    desk.translate("xx", {"words/outlook": english, "about/blame": f"xx {english}."}, prefix="xx ")
    assert desk.read().phrasebook.understand(english, ("xx",)) == asked, "a word of their own texts"
    desk.translate("xx", {"words/outlook": english, "support/crisis": f"xx {english}."}, prefix="xx ")
    names = desk.read().phrasebook.understand(english, ("xx",))
    assert names == Wants("outlook", "", "en", shared=True), "but not of the names of contacts"
