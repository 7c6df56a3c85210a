"""All that the line can say, and who can say it: what `oms-line speech` works with."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from service.core.markup import written
from service.core.script import first_words, readings, script
from service.core.utterances import Utterance
from service.files.problems import Problem
from service.files.recordings import PersonsRecording, read_recordings
from service.files.reviews import digest
from service.house import House
from service.speech.archive import Archive
from service.speech.building import Builder, Order, Result, Wanted, prune
from service.speech.carriers import PERSON, SAY, Play, said
from service.speech.manifest import Refusal
from service.speech.people import Reader, can_slow, voice_of
from service.speech.speakers import Speaker, installed

BOTH: Final = (False, True)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How one language is heard, at one speed: how many utterances by which carrier, and what is wrong."""

    language: str
    slow: bool
    carriers: Mapping[str, int]  # "" for what cannot be heard at all
    missing: int  # not there as the first speaker of the chain would make it
    stale: int  # people's recordings of words that have changed since
    refused: tuple[Refusal, ...]

    @property
    def utterances(self) -> int:
        """How many there are."""
        return sum(self.carriers.values())


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance for a person to read aloud."""

    id: str
    text: str  # as it is read
    read: str  # its hash
    state: str  # "", "stale" or "recorded"


class Shown(Protocol):
    """Where long work is shown."""

    def begin(self, total: int) -> None:
        """So many steps are ahead, besides those that were told before."""

    def step(self) -> None:
        """One of them is done."""

    def waiting(self) -> None:
        """Another build is at work; ours waits for it."""


class Studio:
    """A house, its speakers and its recordings."""

    def __init__(self, house: House, root: Path, form: str) -> None:
        self.house = house
        self.form = form
        self._root = root
        self.problems: list[Problem] = []
        self.speakers: dict[str, Speaker] = {PERSON: Reader(root)}
        self.speakers |= {name: kind() for name, kind in installed().items() if name in self._named()}
        self.archive = Archive(house.carriers.recordings.folder)
        self._scripts: dict[tuple[str, bool], tuple[Utterance, ...]] = {}
        self._faulty: set[tuple[str, str]] = set()
        self._check_voices()
        self._people = {
            tag: {one.id: one for one in read_recordings(root, tag, self.problems)} for tag in self.languages()
        }

    def languages(self) -> tuple[str, ...]:
        """All that are offered, by text at least, in their order."""
        return tuple(self.house.shelf.library.editions)

    def script(self, language: str, *, first: bool = False) -> tuple[Utterance, ...]:
        """All that callers hear in a language, or only what the first minute of a call needs."""
        if (language, first) not in self._scripts:
            library = self.house.shelf.library
            self._scripts[language, first] = (first_words if first else script)(library, language)
        return self._scripts[language, first]

    def close(self) -> None:
        """Stop the speakers."""
        for speaker in self.speakers.values():
            speaker.close()

    # ---- what is wanted ----------------------------------------------------------------------

    def wanted(
        self,
        languages: Sequence[str],
        speeds: Collection[bool] = BOTH,
        *,
        first: bool = False,
        anywhere: bool = False,
    ) -> list[Wanted]:
        """For each utterance and speed, whom to ask, the best first.

        Normal speed comes before slow, and in all languages the first minute of a call before the rest.  With `first`
        that is all, by those who speak offline; `anywhere` also by those who cannot speak on this machine.
        """
        begun = [said for tag in languages for said in self.script(tag, first=True)]
        rest = [] if first else [said for tag in languages for said in self.script(tag)]
        found = []
        for slow in sorted(speeds):
            for utterance in dict.fromkeys((*begun, *rest)):
                orders = tuple(self.orders(utterance, slow=slow, anywhere=anywhere))
                if first:
                    orders = tuple(order for order in orders if not self.speakers[order.speaker].online)
                if orders:
                    found.append(orders)
        return found

    def orders(self, utterance: Utterance, *, slow: bool, anywhere: bool = False) -> Iterator[Order]:
        """Who could record an utterance, before Twilio's own voice would be asked."""
        spoken = self.house.carriers.languages.get(utterance.language)
        if spoken is None:
            return
        for name in spoken.order:
            if name == SAY and spoken.twilio.voice:
                return
            voice = self._reading(utterance, slow=slow) if name == PERSON else spoken.voices.get(name, "")
            if (utterance.language, name) in self._faulty:
                continue
            if voice and name in self.speakers and (anywhere or not self.speakers[name].missing()):
                yield Order(utterance.language, utterance.id, name, said(utterance, name, spoken.lexicon), voice, slow)

    def _reading(self, utterance: Utterance, *, slow: bool) -> str:
        one = self._people.get(utterance.language, {}).get(utterance.id)
        if one is None or one.read != digest(written(utterance.text)):
            return ""
        if not slow:
            return voice_of(one.path, self._root)
        if one.slow:
            return voice_of(one.slow, self._root)
        return voice_of(one.path, self._root, slowed=True) if can_slow() else ""

    def readings(self, languages: Iterable[str]) -> list[tuple[str, ...]]:
        """What is sent as one recording by message: the files it is joined of, where all of it is recorded."""
        carriers = self.house.carriers
        found = []
        for tag in languages:
            for utterances in readings(self.house.shelf.library, tag):
                carried = [one for utterance in utterances for one in carriers.carry(utterance)]
                names = tuple(one.url.rpartition("/")[2] for one in carried if isinstance(one, Play))
                if names and len(names) == len(carried):
                    found.append(names)
        return found

    def build(self, wanted: list[Wanted], shown: Shown, jobs: int = 0, *, for_messages: bool = False) -> Result:
        """Make what is missing of `wanted`, then what is sent by message.  Raises ArchiveError."""
        with self.archive.open(shown.waiting):
            builder = Builder(self.archive, self.speakers, self.form, jobs or os.cpu_count() or 1, shown.step)
            shown.begin(len(builder.missing(wanted)))
            builder.build(wanted)
            self.archive.write()
            self.house.carriers.recordings.reload()
            if for_messages:
                rows = [row for row in self.readings(self.languages()) if "+".join(row) not in self.archive.joined]
                shown.begin(len(rows))
                builder.join(rows)
            self.archive.refuse(tuple(builder.result.refused))
        self.house.carriers.recordings.reload()
        return builder.result

    def prune(self) -> tuple[str, ...]:
        """Remove recordings of words nobody says any more; gives back the names of the files."""
        versions = {name: speaker.version for name, speaker in self.speakers.items()}
        with self.archive.open(lambda: None):
            return prune(self.archive, self.wanted(self.languages(), anywhere=True), versions)

    # ---- what there is -----------------------------------------------------------------------

    def missing(self, languages: Iterable[str], speeds: Collection[bool]) -> dict[str, int]:
        """By language, how many recordings are not there as the best speaker would make them."""
        self.archive.read()
        builder = Builder(self.archive, self.speakers, self.form)
        return {tag: len(builder.missing(self.wanted([tag], speeds))) for tag in languages}

    def coverage(self) -> Iterator[Coverage]:
        """Each language at each speed."""
        refusals = self.archive.refusals()
        for tag in self.languages():
            utterances = self.script(tag)
            stale = sum(line.state == "stale" for line in self.lines(tag))
            for slow in BOTH:
                carriers: dict[str, int] = {}
                for utterance in utterances:
                    name = self.house.carriers.chosen(utterance, slow=slow)[0]
                    carriers[name] = carriers.get(name, 0) + 1
                yield Coverage(
                    tag,
                    slow,
                    carriers,
                    self.missing([tag], [slow])[tag],
                    stale,
                    tuple(one for one in refusals if one.language == tag and one.slow == slow),
                )

    def lines(self, language: str) -> Iterator[Line]:
        """The script for somebody who reads a language aloud, the most urgent first."""
        people = self._people.get(language, {})
        for utterance in self.script(language):
            if utterance.language != language:
                continue
            text = written(utterance.text)
            one = people.get(utterance.id)
            state = "" if one is None else "recorded" if one.read == digest(text) else "stale"
            yield Line(utterance.id, text, digest(text), state)

    def strays(self) -> Iterator[PersonsRecording]:
        """Recordings of messages that are gone."""
        for tag, people in self._people.items():
            known = {utterance.id for utterance in self.script(tag)}
            yield from (one for name, one in people.items() if name not in known)

    def _check_voices(self) -> None:
        """A voice that its speaker does not have is told, and not asked for."""
        for tag, spoken in self.house.carriers.languages.items():
            for name, voice in spoken.voices.items():
                if name in self.speakers and (fault := self.speakers[name].fault(voice)):
                    self._faulty.add((tag, name))
                    self.problems.append(Problem("locales/languages.toml", 0, f"{tag}: speakers.{name}: {fault}"))

    def _named(self) -> frozenset[str]:
        return frozenset(name for spoken in self.house.carriers.languages.values() for name in spoken.order)


@contextmanager
def opened(house: House, root: Path, form: str) -> Iterator[Studio]:
    """A studio whose speakers are stopped at the end."""
    with ExitStack() as stack:
        studio = Studio(house, root, form)
        stack.callback(studio.close)
        yield studio
