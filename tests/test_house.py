"""What the line is made of at its start, and how it follows its files while somebody translates."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask

import service.house
from service.app import create_app
from service.core.errors import LineError
from service.files.catalogs import catalog_path
from service.files.problems import Problems
from service.house import House, Kept, Watched, open_house
from service.memory import Memory, open_memory
from service.settings import Settings
from service.simulator.calling import Caller
from service.simulator.exchange import InProcess
from service.simulator.hearing import Spoken
from service.simulator.texting import Texter
from service.simulator.webhooks import LINE
from tests.conftest import ACCOUNT, AMERICAN, PUBLIC_URL, Clock, settings
from tests.files.conftest import Desk, desk

__all__ = ["desk"]  # a fixture

NAME = "about/what"
VOICES = '\n[languages.{tag}.phone]\nvoice = "Polly.Joanna"\nsay = "en-US"\ngather = "en-US"\n'


@pytest.fixture
def translated(desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Desk:
    """English and a language that a test changes, looked at with each request."""
    monkeypatch.setattr(service.house, "LOOK", 0.0)
    caplog.set_level(logging.INFO, "service")
    desk.languages("xx", more=VOICES.format(tag="xx"))
    desk.translate("xx", prefix="xx ")
    return desk


@dataclass(slots=True)
class Running:
    """A line in development: what it is asked, it answers by the files as they are then."""

    desk: Desk
    memory: Memory
    changes: dict[str, object] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        given = {"production": False, "audio_folder": self.desk.root / "speech", **self.changes}
        return settings(**given)

    def app(self) -> Flask:
        return create_app(self.settings, memory=self.memory, clock=Clock())

    def texter(self, app: Flask, *, number: str = AMERICAN) -> Texter:
        return Texter(InProcess(app, PUBLIC_URL), ACCOUNT, PUBLIC_URL, number)


@pytest.fixture
def running(translated: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setattr("service.app.ROOT", translated.root)
    memory = open_memory("sqlite://", "a secret of the tests")
    yield Running(translated, memory)
    memory.close()


def watched(desk: Desk, **changes: object) -> Watched:
    given = settings(production=False, **changes)
    return Watched(open_house(given, desk.root, Clock()), given, desk.root, Clock())


def text(house: House, name: str = "prompt/ask") -> str:
    return house.shelf.library.editions["xx"].prompts[name.removeprefix("prompt/")].text


# ---- at the start --------------------------------------------------------------------------------


def test_what_is_wrong_in_settings_and_languages_is_told_at_once(desk: Desk) -> None:
    desk.languages("xx", "xy", more='\n[languages.xy.phone]\nvoice = "Polly.Nobody"\nsay = "en-US"\n')
    wrong = {"speech": ("shouting", "embedded"), "numbers": {"+12025550100": "qq", "+12025550101": "en-GB"}}
    with pytest.raises(Problems) as caught:
        open_house(settings(**wrong), desk.root, Clock())
    assert [(problem.file, problem.what.partition(":")[0].partition(" ")[0]) for problem in caught.value.found] == [
        ("NUMBERS", "+12025550100"),
        ("SPEECH", "shouting"),
        ("locales/languages.toml", "xy"),
    ]
    told = str(caught.value)
    assert "neither qq nor a language near to it" in told
    assert "installed are embedded, gtts, say" in told


def test_whoever_only_records_does_without_what_people_write(desk: Desk) -> None:
    words = open_house(settings(), desk.root, Clock()).shelf.phrasebook.phrases
    assert {one.language for one in words} == {"en"}
    assert open_house(settings(), desk.root, Clock(), words=False).shelf.phrasebook.phrases == ()


def test_the_same_word_lists_are_not_put_in_order_again(translated: Desk) -> None:
    first = open_house(settings(), translated.root, Clock())
    again = open_house(settings(), translated.root, Clock(), before=first.shelf)
    assert again.shelf.phrasebook is first.shelf.phrasebook
    assert again.shelf.library is not first.shelf.library
    translated.translate("xx", {"words/menu": "start over"}, prefix="xx ")
    other = open_house(settings(), translated.root, Clock(), before=first.shelf)
    assert other.shelf.phrasebook is not first.shelf.phrasebook
    assert "start over" in {one.literal for one in other.shelf.phrasebook.phrases}


def test_another_emergency_number_makes_other_word_lists(translated: Desk) -> None:
    first = open_house(settings(), translated.root, Clock())
    translated.edit("content/emergency.toml", 'number = "999"', 'number = "998"')
    other = open_house(settings(), translated.root, Clock(), before=first.shelf)
    assert other.shelf.phrasebook is not first.shelf.phrasebook
    assert other.shelf.phrasebook.phrases == first.shelf.phrasebook.phrases


def test_a_house_that_is_kept_is_always_the_same(desk: Desk) -> None:
    house = open_house(settings(), desk.root, Clock())
    kept = Kept(house)
    desk.edit("content/prompts.toml", 'text = "Goodbye."', 'text = "Bye."')
    assert kept() is kept() is house


# ---- while somebody translates -------------------------------------------------------------------


def test_nothing_is_read_anew_where_nothing_has_changed(translated: Desk, caplog: pytest.LogCaptureFixture) -> None:
    present = watched(translated)
    assert present() is present()
    assert caplog.messages == []


def test_a_changed_file_is_read_anew_once(translated: Desk, caplog: pytest.LogCaptureFixture) -> None:
    present = watched(translated)
    before = present()
    translated.translate("xx", {"prompt/ask": "what?"}, prefix="xx ")
    now = present()
    assert (text(now), text(before)) == ("what?", text(before))
    assert text(before) != "what?", "who holds the old one goes on with it"
    assert present() is now
    assert caplog.messages == ["content and languages were read anew"]


def test_files_are_looked_at_now_and_then_and_not_with_each_request(
    translated: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    present = watched(translated)
    before = present()
    monkeypatch.setattr(service.house, "LOOK", 3600.0)
    translated.translate("xx", {"prompt/ask": "what?"}, prefix="xx ")
    assert present() is before
    monkeypatch.setattr(service.house, "LOOK", 0.02)
    time.sleep(0.03)
    assert text(present()) == "what?"


def spoil_english(desk: Desk) -> Callable[[], object]:
    whole = (desk.root / "content/alarm.toml").read_text("utf-8")
    desk.write("content/alarm.toml", "text = ")
    return lambda: desk.write("content/alarm.toml", whole)


def spoil_languages(desk: Desk) -> Callable[[], object]:
    whole = (desk.root / "locales/languages.toml").read_text("utf-8")
    desk.write("locales/languages.toml", whole.replace("Polly.Joanna", "Polly.Nobody"))
    return lambda: desk.write("locales/languages.toml", whole)


def spoil_catalog(desk: Desk) -> Callable[[], object]:
    path = catalog_path(desk.root, "xx", "messages")
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.rindex(b'msgstr "xx ') + len(b'msgstr "xx ')])  # an editor that is not done yet
    return lambda: path.write_bytes(whole)


def spoil_lexicon(desk: Desk) -> Callable[[], object]:
    whole = (desk.root / "locales/xx/lexicon.toml").read_text("utf-8")
    desk.write("locales/xx/lexicon.toml", "[")
    return lambda: desk.write("locales/xx/lexicon.toml", whole)


def spoil_reviews(desk: Desk) -> Callable[[], object]:
    desk.write("locales/xx/reviews.csv", "nothing of the kind\n")
    return (desk.root / "locales/xx/reviews.csv").unlink


@pytest.mark.parametrize(
    ("spoil", "told", "remark"),
    [
        (spoil_english, "not taken over: content/alarm.toml: ", ""),
        (spoil_languages, "not taken over: locales/languages.toml: xx: ", "a voice nobody knows"),
        (spoil_catalog, "left out: locales/xx/LC_MESSAGES/messages.po:", "torn in the middle of a line"),
        (spoil_lexicon, "left out: locales/xx/lexicon.toml: is not valid TOML", ""),
        (spoil_reviews, "left out: locales/xx/reviews.csv:1: ", ""),
    ],
)
def test_what_is_wrong_is_logged_once_and_the_line_goes_on_with_what_it_had(
    translated: Desk,
    caplog: pytest.LogCaptureFixture,
    spoil: Callable[[Desk], Callable[[], object]],
    told: str,
    remark: str,
) -> None:
    present = watched(translated)
    before = present()
    mend = spoil(translated)
    assert present() is present() is before, remark
    assert len(caplog.messages) == 1, remark
    assert caplog.messages[0].startswith(told), remark
    mend()
    translated.translate("xx", {"prompt/ask": "what?"}, prefix="xx ")
    assert text(present()) == "what?", remark
    assert caplog.messages[1:] == ["content and languages were read anew"]


def test_a_word_that_cannot_be_read_is_logged_and_the_rest_is_taken_over(
    translated: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    present = watched(translated)
    translated.translate("xx", {"words/menu": "a*\nstart over", "prompt/ask": "what?"}, prefix="xx ")
    assert text(present()) == "what?"
    assert "start over" in {one.literal for one in present().shelf.phrasebook.phrases}
    assert len(caplog.messages) == 2
    assert caplog.messages[0].startswith("left out: locales/xx/LC_MESSAGES/words.po:")


def test_a_language_that_is_taken_back_is_offered_no_longer(translated: Desk) -> None:
    """Its alarm is gone, and nothing is broken: that is what somebody wanted."""
    present = watched(translated)
    assert "xx" in present().shelf.library.editions
    translated.translate("xx", {"alarm": ""}, prefix="xx ")
    assert list(present().shelf.library.editions) == ["en"]


def test_a_language_that_was_broken_at_the_start_comes_when_it_is_mended(translated: Desk) -> None:
    mend = spoil_catalog(translated)
    present = watched(translated)
    assert list(present().shelf.library.editions) == ["en"]
    translated.edit("content/topics/about.toml", "You cannot catch it.", "Nobody can catch it.")
    about = present().shelf.library.editions["en"].topics["about"]
    assert any("Nobody can catch it." in one.wording.text for one in about.passages), "others need not wait for it"
    mend()
    translated.translate("xx", prefix="xx ")
    assert list(present().shelf.library.editions) == ["en", "xx"]


def test_a_line_that_cannot_start_is_told_and_not_watched(translated: Desk) -> None:
    spoil_english(translated)
    with pytest.raises(LineError, match=r"content/alarm\.toml"):
        watched(translated)


# ---- through signed requests ---------------------------------------------------------------------


def test_the_next_text_says_what_was_saved_before_it(running: Running, caplog: pytest.LogCaptureFixture) -> None:
    running.changes = {"numbers": {LINE: "xx"}}
    texter = running.texter(running.app())
    texter.text("*")
    assert opened(texter).startswith("xx ")
    running.desk.translate("xx", {NAME: "mended {phone:116 123}"}, prefix="xx ")
    assert opened(texter).startswith("mended 116 123")

    mend = spoil_catalog(running.desk)
    assert opened(texter).startswith("mended 116 123"), "the line goes on"
    assert "locales/xx/LC_MESSAGES/messages.po" in caplog.text

    mend()
    running.desk.translate("xx", {NAME: "and again"}, prefix="xx ")
    assert opened(texter).startswith("and again")


def opened(texter: Texter) -> str:
    """The first part of the topic "about" as somebody gets it who asks for it by its key."""
    for key in "*4":
        texter.text(key)
    return texter.text("2")[0]


def test_the_next_thing_said_in_a_call_is_what_was_saved_before_it(running: Running) -> None:
    running.changes = {"languages": ("xx",)}
    caller = Caller(InProcess(running.app(), PUBLIC_URL), ACCOUNT, PUBLIC_URL, AMERICAN)
    assert "xx " in said_in(caller.ring().said)
    running.desk.translate("xx", dict.fromkeys(["prompt/goodbye/end", "prompt/goodbye/end/voice"], "so long"))
    running.desk.translate("xx", {"about/title": "mended title"}, prefix="yy ")
    assert "yy " in said_in(caller.press("*").said)


def said_in(heard: tuple[object, ...]) -> str:
    return " ".join(one.text for one in heard if isinstance(one, Spoken))


@pytest.mark.parametrize(
    ("production", "given", "remark"),
    [
        (True, False, "a release is what it was when it was checked"),
        (False, True, "a house that came from elsewhere has files nobody knows of"),
    ],
)
def test_a_line_that_is_not_developed_here_follows_no_files(
    running: Running, production: bool, given: bool, remark: str
) -> None:
    running.changes = {"production": production, "languages": ("xx",)}
    house = open_house(running.settings, running.desk.root, Clock()) if given else None
    app = create_app(running.settings, house, running.memory, Clock())
    texter = running.texter(app)
    texter.text("menu")
    before = opened(texter)
    running.desk.translate("xx", {NAME: "mended"}, prefix="xx ")
    assert opened(texter) == before, remark
