"""Recordings from the words to the ear: really spoken, really decoded, found again, and made anew when words change."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pytest

from service.app import create_app
from service.core.markup import written
from service.core.script import script
from service.core.utterances import Utterance
from service.files.reviews import digest
from service.house import ROOT, House, open_house
from service.memory import Memory, open_memory
from service.simulator.calling import Caller, Played, Spoken
from service.simulator.exchange import Answer, InProcess
from service.simulator.texting import Texter
from service.speech.archive import Archive
from service.speech.building import Builder
from service.speech.carriers import Play, Say
from service.speech.sound import Sound, decoded, encoded, letters, silence
from service.speech.speakers import NotSpoken
from service.studio import Studio, opened
from tests.conftest import ACCOUNT, AMERICAN, PUBLIC_URL, Clock, settings

FEW = 12  # recordings, where all would only take longer
SPANIARD = "+34612345678"


@dataclass(slots=True)
class Shown:
    """Counts what is told about a build."""

    total: int = 0
    steps: int = 0
    waits: int = 0

    def begin(self, total: int) -> None:
        self.total += total

    def step(self) -> None:
        self.steps += 1

    def waiting(self) -> None:
        self.waits += 1


@dataclass(slots=True)
class Tone:
    """A speaker that hums: as long as there is something to say, higher if it is slow.  It can lose its voice."""

    version: str = "1"
    online: bool = False
    fails: str = ""
    for_now: bool = False
    asked: list[str] = field(default_factory=list)

    def missing(self) -> str:
        return ""

    def voices(self) -> dict[str, str]:
        return {}

    def fault(self, voice: str) -> str:
        return "" if voice else "no voice"

    def speak(self, text: str, voice: str, *, slow: bool) -> Sound:
        self.asked.append(text)
        if re.search(self.fails, text) if self.fails else False:
            raise NotSpoken("lost its voice", for_now=self.for_now)
        import numpy as np

        count = int(22050 * (0.4 + 0.09 * letters(text)))
        wave = np.sin(np.arange(count) * (0.3 if slow else 0.2)).astype(np.float32) / 2
        return Sound(np.concatenate([wave, silence(100, 22050)]), 22050)

    def close(self) -> None:
        return


def a_house(tmp_path: Path, root: Path = ROOT, **changes: object) -> House:
    chosen = settings(
        **{"speech": ("embedded",), "audio_folder": tmp_path / "speech", "languages": ("en", "es"), **changes}
    )
    return open_house(chosen, root, Clock())


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    """The real content, the real embedded voice, and an empty folder."""
    with opened(a_house(tmp_path), ROOT, "mulaw") as studio:
        yield studio


@pytest.fixture
def humming(studio: Studio) -> Tone:
    """The same, with a quicker voice."""
    tone = Tone()
    studio.speakers["embedded"] = tone
    return tone


@pytest.fixture
def memory() -> Iterator[Memory]:
    memory = open_memory("sqlite://", "a secret only tests know", Clock())
    yield memory
    memory.close()


def the_line(studio: Studio, memory: Memory) -> InProcess:
    studio.house.carriers.recordings.reload()
    return InProcess(create_app(settings(), studio.house, memory, Clock()), PUBLIC_URL)


# ---- what a call plays ---------------------------------------------------------------------------


def test_a_first_call_is_heard_in_the_embedded_voice_and_every_recording_is_there(
    studio: Studio, memory: Memory
) -> None:
    first = studio.wanted(["en"], [False], first=True)
    result = studio.build(first, Shown())
    assert (len(result.made), result.refused, result.given_up) == (len({o[0].place for o in first}), [], {})
    line = the_line(studio, memory)
    fetched: list[Answer] = []

    def fetch(url: str) -> Answer:
        fetched.append(line.get(url))
        return fetched[-1]

    caller = Caller(line, ACCOUNT, PUBLIC_URL, AMERICAN, fetch=fetch)
    heard = [*caller.ring().said, *caller.press("2").said, *caller.press("1").said]
    english = [one for one in heard if isinstance(one, Played)]
    spanish = [one for one in heard if isinstance(one, Spoken)]
    assert len(english) > 12
    assert {one.language for one in spanish} == {"es-US"}, "what is not recorded yet is said by Twilio's voice"
    for answer in fetched:
        assert answer.content_type == "audio/wav"
        sound = decoded(answer.body)
        assert (sound.rate, sound.seconds > 0.2) == (8000, True)
    made = [studio.house.carriers.recordings.said_in(one.url.rpartition("/")[2]) for one in english]
    assert made[0] is not None
    assert made[0].said == "This is the O M S information line. It is not an emergency service."


def test_recordings_are_as_long_as_their_words(studio: Studio) -> None:
    for language in ("en", "es"):
        studio.build(studio.wanted([language], [False, True])[:60], Shown())
    for made in studio.archive.made.values():
        spoken = made.seconds / letters(made.said)
        assert made.seconds > 0.2
        assert 0.04 < spoken < (0.35 if made.slow else 0.25), made


def test_slow_speech_is_the_slow_recording_else_twilios_slower_voice_and_never_silence(
    studio: Studio, humming: Tone
) -> None:
    carriers = studio.house.carriers
    one, two = script(studio.house.shelf.library, "en")[:2]
    orders = [
        tuple(studio.orders(utterance, slow=slow)) for utterance, slow in ((one, False), (one, True), (two, False))
    ]
    studio.build(orders, Shown())
    ((normal,), (slow,)) = (carriers.carry(one), carriers.carry(one, slow=True))
    assert isinstance(normal, Play)
    assert isinstance(slow, Play)
    assert normal != slow
    (said,) = carriers.carry(two, slow=True)
    assert isinstance(said, Say)
    assert said.slow
    english = carriers.languages["en"]
    dumb = replace(english, twilio=replace(english.twilio, voice="", tag=""))
    carriers.languages = {"en": dumb}
    assert carriers.carry(two, slow=True) == carriers.carry(two) != (), "at normal speed it is at least heard"


def test_a_language_without_twilios_voice_is_offered_by_phone_when_all_of_it_is_recorded(
    studio: Studio, humming: Tone
) -> None:
    carriers, library = studio.house.carriers, studio.house.shelf.library
    english = carriers.languages["en"]
    carriers.languages = {
        **carriers.languages,
        "en": replace(english, twilio=replace(english.twilio, voice="", tag="")),
    }
    orders = studio.wanted(["en"], [False])
    studio.build(orders[:-1], Shown())
    assert "en" not in carriers.heard_whole(library)
    studio.build(orders, Shown())
    assert "en" in carriers.heard_whole(library)


# ---- building ------------------------------------------------------------------------------------


def test_what_is_there_is_not_made_again_and_one_changed_word_is_one_recording_a_speed(
    tmp_path: Path, studio: Studio, humming: Tone
) -> None:
    both = [*studio.wanted(["es"], [False])[:FEW], *studio.wanted(["es"], [True])[:FEW]]
    assert len(studio.build(both, Shown()).made) == 2 * FEW
    again = studio.build(both, Shown())
    assert (again.made, again.kept, len(humming.asked)) == ([], 2 * FEW, 2 * FEW)
    changed = [
        (replace(orders[0], said=f"{orders[0].said} More."),) if n in {3, FEW + 3} else orders
        for n, orders in enumerate(both)
    ]
    assert sorted(made.slow for made in studio.build(changed, Shown()).made) == [False, True]


@pytest.mark.parametrize(
    "change", [{"voice": "roa/es"}, {"said": "Otra cosa."}, {"slow": True}, {"language": "en"}, {"speaker": "other"}]
)
def test_whatever_changes_the_sound_changes_the_key(studio: Studio, change: dict[str, object]) -> None:
    ((order, *_), *_) = studio.wanted(["es"], [False])
    key = order.key("1", "mulaw")
    assert replace(order, **change).key("1", "mulaw") != key  # type: ignore[arg-type] - a field of it
    assert order.key("2", "mulaw") != key
    assert order.key("1", "pcm16") != key
    assert replace(order, id="another/place").key("1", "mulaw") == key, "the same words are one recording"


def test_a_build_that_is_stopped_loses_nothing_and_the_next_goes_on(studio: Studio, humming: Tone) -> None:
    orders = studio.wanted(["es"], [False])[:FEW]

    class Stopped(Shown):
        def step(self) -> None:
            super().step()
            if self.steps == 5:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        studio.build(orders, Stopped(), 1)
    archive = Archive(studio.archive.folder)
    archive.read()
    assert len(archive.made) == 5
    result = studio.build(orders, Shown())
    assert (len(result.made), result.kept) == (FEW - 5, 5)


def test_urgent_words_of_all_languages_are_made_before_the_rest_of_any(studio: Studio) -> None:
    rows = [orders[0] for orders in studio.wanted(["en", "es"], [False, True])]
    last_urgent = max(
        n for n, one in enumerate(rows) if one.id.startswith("urgent/breathing") and not one.slow and "unk" in one.id
    )
    first_other = min(n for n, one in enumerate(rows) if one.id.startswith("about/"))
    first_slow = min(n for n, one in enumerate(rows) if one.slow)
    assert last_urgent < first_other < first_slow
    assert {one.language for one in rows[:first_other]} == {"en", "es"}


def test_a_build_that_is_stopped_while_it_joins_loses_nothing_either(studio: Studio, humming: Tone) -> None:
    made = studio.build(studio.wanted(["es"], [False])[:FEW], Shown()).made
    rows = [(one.file, other.file) for one, other in pairwise(made)]

    class Stopped(Shown):
        def step(self) -> None:
            super().step()
            if self.steps == 3:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), studio.archive.open(lambda: None):
        Builder(studio.archive, studio.speakers, "mulaw", told=Stopped().step).join(rows)
    archive = Archive(studio.archive.folder)
    archive.read()
    assert len(archive.joined) == 3


def test_a_refusal_is_named_and_the_next_speaker_asked(studio: Studio, humming: Tone) -> None:
    (first, *_), *_ = orders = studio.wanted(["es"], [False])[:FEW]
    humming.fails = re.escape(first.said)
    other = Tone()
    studio.speakers["other"] = other
    both = [(*row, replace(row[0], speaker="other")) for row in orders]
    result = studio.build(both, Shown())
    assert [(one.id, one.speaker, one.why) for one in result.refused] == [(first.id, "embedded", "lost its voice")]
    assert other.asked == [first.said]
    assert studio.archive.refusals() == tuple(result.refused)


def test_a_speaker_of_no_use_is_not_asked_any_more(studio: Studio, humming: Tone) -> None:
    humming.fails, humming.for_now = ".", True
    orders = studio.wanted(["es"], [False])[:FEW]
    result = studio.build(orders, Shown(), 1)
    assert (result.made, result.given_up) == ([], {"embedded": "lost its voice"})
    assert len(humming.asked) < FEW


def test_what_an_online_speaker_sent_is_kept_and_not_asked_for_again_in_another_format(
    studio: Studio, humming: Tone
) -> None:
    humming.online = True
    orders = studio.wanted(["es"], [False])[:FEW]
    studio.build(orders, Shown())
    studio.form = "pcm16"
    result = studio.build(orders, Shown())
    assert (len(result.made), len(humming.asked)) == (FEW, FEW)
    assert {decoded((studio.archive.folder / made.file).read_bytes()).rate for made in result.made} == {8000}


@pytest.mark.parametrize(
    ("text", "why"),
    [("x" * 400, "lasts"), ("ab", None), ("hush", "is")],
)
def test_what_cannot_be_these_words_is_refused(studio: Studio, humming: Tone, text: str, why: str | None) -> None:
    ((order, *_), *_) = studio.wanted(["es"], [False])

    class Short(Tone):
        def speak(self, text: str, voice: str, *, slow: bool) -> Sound:
            sound = super().speak("ab", voice, slow=slow)
            return Sound(sound.samples * 0, sound.rate) if text == "hush" else sound

    studio.speakers["embedded"] = Short()
    result = studio.build([(replace(order, said=text),)], Shown())
    assert [one.why.split()[0] for one in result.refused] == ([why] if why else [])


def test_pruning_removes_what_nobody_says_any_more_and_nothing_else(studio: Studio, humming: Tone) -> None:
    orders = studio.wanted(["es"], [False])[:FEW]
    old = replace(orders[0][0], said="Nobody says this any more.")
    studio.build([*orders, (old,)], Shown(), for_messages=True)
    (studio.archive.folder / ".x.new").write_bytes(b"left by a build that was killed")
    names = {made.said: made.file for made in studio.archive.made.values()}
    gone = studio.prune()
    assert set(gone) == {names[old.said], ".x.new"}
    studio.archive.read()
    assert {made.said for made in studio.archive.made.values()} == {orders[0].said for orders in orders}
    assert studio.archive.altered() == ()


def test_status_counts_what_carries_what(studio: Studio, humming: Tone) -> None:
    orders = studio.wanted(["es"], [False])[:FEW]
    humming.fails = re.escape(orders[-1][0].said)
    studio.build(orders, Shown())
    normal, slow = (one for one in studio.coverage() if one.language == "es")
    assert dict(normal.carriers) == {"embedded": FEW - 1, "say": normal.utterances - FEW + 1}
    assert (normal.missing, len(normal.refused), normal.stale) == (normal.utterances - FEW + 1, 1, 0)
    assert dict(slow.carriers) == {"say": slow.utterances}


def test_a_weak_speaker_is_asked_only_where_twilio_has_no_voice(studio: Studio, humming: Tone) -> None:
    carriers = studio.house.carriers
    spanish = replace(carriers.languages["es"], order=("person", "say", "embedded"))
    carriers.languages = {**carriers.languages, "es": spanish}
    assert studio.wanted(["es"], [False]) == []
    carriers.languages = {"es": replace(spanish, twilio=replace(spanish.twilio, voice="", tag=""))}
    assert studio.wanted(["es"], [False])
    assert list(studio.orders(Utterance("?", "xx"), slow=False)) == []


def test_a_reader_is_asked_only_for_words_of_their_own_language(tmp_path: Path, copy: Path) -> None:
    catalog = copy / "locales/es/LC_MESSAGES/content.po"
    text = catalog.read_text()
    begin = text.index('msgctxt "adults/stroke"')
    end = text.index("\n\n", begin)
    catalog.write_text(text[:begin] + 'msgctxt "adults/stroke"\nmsgid ""\nmsgstr ""' + text[end:])
    with opened(a_house(tmp_path, copy), copy, "mulaw") as studio:
        assert {said.language for said in studio.script("es")} == {"en", "es"}, "a topic is borrowed"
        assert not [line.id for line in studio.lines("es") if line.id.startswith("adults/")]


def test_a_speaker_that_is_not_installed_is_not_asked(studio: Studio, humming: Tone) -> None:
    studio.speakers["embedded"] = type("Missing", (Tone,), {"missing": lambda _: "is not installed"})()
    assert studio.wanted(["es"], [False]) == []


# ---- people --------------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for folder in ("content", "locales"):
        shutil.copytree(ROOT / folder, tmp_path / "copy" / folder)
    return tmp_path / "copy"


def recorded(copy: Path, utterance: Utterance, *, words: str | None = None, name: str | None = None) -> None:
    """Somebody has read an utterance aloud."""
    folder = copy / "locales/es/recordings"
    folder.mkdir(exist_ok=True)
    text = written(utterance.text) if words is None else words
    sound = Tone().speak(written(utterance.text), "", slow=False)
    (folder / "a.wav").write_bytes(encoded(sound, "pcm16"))
    (folder / "recordings.toml").write_text(f'["{name or utterance.id}"]\nfile = "a.wav"\nread = "{digest(text)}"\n')


def test_a_persons_recording_comes_before_all_others_also_slowed_down(tmp_path: Path, copy: Path) -> None:
    house = a_house(tmp_path, copy)
    one = script(house.shelf.library, "es")[0]
    recorded(copy, one)
    with opened(house, copy, "mulaw") as studio:
        studio.speakers["embedded"] = Tone()
        orders = [tuple(studio.orders(one, slow=slow)) for slow in (False, True)]
        assert [[order.speaker for order in row] for row in orders] == [["person", "embedded"]] * 2
        studio.build(orders, Shown())
        assert [house.carriers.chosen(one, slow=slow)[0] for slow in (False, True)] == ["person", "person"]
        normal, slow = (next(m for m in studio.archive.made.values() if m.slow is pace) for pace in (False, True))
        assert slow.seconds == pytest.approx(normal.seconds / 0.75, rel=0.05)
        assert next(line.state for line in studio.lines("es") if line.id == one.id) == "recorded"
        (copy / "locales/es/recordings/slow.wav").write_bytes(encoded(Tone().speak("x" * 30, "", slow=True), "pcm16"))
        with (copy / "locales/es/recordings/recordings.toml").open("a") as file:
            file.write('slow = "slow.wav"\n')
    with opened(house, copy, "mulaw") as studio:
        (order, *_) = studio.orders(one, slow=True)
        assert order.voice.startswith("locales/es/recordings/slow.wav#")


def test_a_recording_of_words_that_have_changed_is_stale_and_the_chain_goes_on(tmp_path: Path, copy: Path) -> None:
    house = a_house(tmp_path, copy)
    one = script(house.shelf.library, "es")[0]
    recorded(copy, one, words="What it said last year.")
    with opened(house, copy, "mulaw") as studio:
        assert [order.speaker for order in studio.orders(one, slow=False)] == ["embedded"]
        assert next(line.state for line in studio.lines("es") if line.id == one.id) == "stale"
        assert next(iter(studio.coverage())).stale == 0
        assert [one.stale for one in studio.coverage() if one.language == "es"] == [1, 1]


def test_a_recording_of_a_message_that_is_gone_is_told(tmp_path: Path, copy: Path) -> None:
    house = a_house(tmp_path, copy)
    recorded(copy, script(house.shelf.library, "es")[0], name="urgent/of-last-year")
    with opened(house, copy, "mulaw") as studio:
        assert [stray.id for stray in studio.strays()] == ["urgent/of-last-year"]


def test_a_voice_its_speaker_does_not_have_is_told(tmp_path: Path, copy: Path) -> None:
    languages = copy / "locales/languages.toml"
    languages.write_text(languages.read_text().replace('embedded = "roa/fr"', 'embedded = "roa fr!"'))
    with opened(a_house(tmp_path, copy), copy, "mulaw") as studio:
        assert [str(problem) for problem in studio.problems] == [
            "locales/languages.toml: fr: speakers.embedded: 'roa fr!' is no voice of espeak-ng"
        ]
        assert list(studio.orders(Utterance("Bonjour.", "fr"), slow=False)) == []


# ---- read to me, by text -------------------------------------------------------------------------


def test_somebody_who_cannot_read_is_sent_the_passage_read_aloud(studio: Studio, humming: Tone, memory: Memory) -> None:
    studio.build(studio.wanted(["en"], [False]), Shown(), for_messages=True)
    line = the_line(studio, memory)
    texter = Texter(line, ACCOUNT, PUBLIC_URL, AMERICAN, channel="whatsapp")
    texter.text("urgent")
    texter.text("8")
    told, attached = texter.last
    assert told.body.startswith("Here it is, read aloud.")
    assert (attached.body, len(attached.media)) == ("", 1)
    answer = line.get(attached.media[0])
    assert answer.content_type == "audio/mpeg"
    sound = decoded(answer.body)
    assert (sound.rate, len(answer.body) < 500_000) == (16000, True)
    caller = Caller(line, ACCOUNT, PUBLIC_URL, AMERICAN)
    caller.ring()
    caller.press("2")
    heard = [one for one in caller.press("1").said if isinstance(one, Played)][:3]
    whole = sum(decoded(line.get(one.url).body).seconds for one in heard)
    assert sound.seconds == pytest.approx(whole, abs=0.2), "it is what a caller hears there: title and passage"
    texter.text("menu")
    texter.text("read this to me")
    assert texter.last[-1].media


def test_where_nothing_is_recorded_or_can_be_sent_it_says_so(studio: Studio, humming: Tone, memory: Memory) -> None:
    line = the_line(studio, memory)
    for channel, number in (("whatsapp", AMERICAN), ("sms", SPANIARD)):
        texter = Texter(line, ACCOUNT, PUBLIC_URL, number, channel=channel)
        texter.text("english")
        texter.text("urgent")
        texter.text("8")
        (told,) = texter.last
        assert told.body.startswith("We cannot send a spoken recording here.")
        assert told.media == ()


def test_nothing_too_large_for_a_message_is_joined(
    studio: Studio, humming: Tone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.speech.building.LARGEST_MESSAGE", 50_000)
    ((order, *_), *_) = studio.wanted(["es"], [False])
    (made,) = studio.build([(order,)], Shown()).made
    with studio.archive.open(lambda: None):
        builder = Builder(studio.archive, studio.speakers, "mulaw")
        builder.join([(made.file,), (made.file,) * 20])
    assert list(studio.archive.joined) == [made.file]
