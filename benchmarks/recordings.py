"""What callers would hear of the recordings there are: who carries how much of it, and whether each can be right.

Run it by hand after `oms-line speech build`: .venv/bin/python benchmarks/recordings.py [--walk]

Every utterance of every language at both speeds (with --walk those of the whole walk) is asked of the application, and
each recording is fetched by its address, decoded and measured.
"""

import statistics
import sys
from collections import Counter, defaultdict

import numpy as np

from service.app import create_app
from service.cli.base import ROOT, our_settings
from service.core.reply import reply_at
from service.core.script import script
from service.core.walking import walk
from service.house import open_house
from service.memory import open_memory
from service.speech.carriers import Play, Say
from service.speech.sound import decoded, letters

SLOW = 165 / 120  # how much longer slow speech takes


def main() -> None:
    """Measure, and print."""
    settings = our_settings()
    house = open_house(settings, ROOT)
    carriers, library = house.carriers, house.shelf.library
    client = create_app(settings, house, open_memory("sqlite://", settings.secret_key)).test_client()
    if "--walk" in sys.argv:
        places = [place for place in walk(library) if place.person.by_phone]
        replies = [reply_at(library, place) for place in places]
        wanted = {(said, reply.slow) for reply in replies for said in reply.spoken()}
        print(f"{len(places)} places of callers, {len(wanted)} utterances and speeds")
    else:
        wanted = {(said, slow) for tag in library.editions for said in script(library, tag) for slow in (False, True)}
    share: dict[str, Counter[str]] = defaultdict(Counter)
    pace: dict[tuple[str, bool], list[float]] = defaultdict(list)
    wrong: list[str] = []
    levels: dict[str, list[float]] = defaultdict(list)
    seen: set[str] = set()
    for said, slow in sorted(wanted, key=lambda one: (one[0].language, one[0].id, one[1])):
        name, carried = carriers.chosen(said, slow=slow)
        share[said.language][name or "not heard"] += 1
        for one in carried:
            if isinstance(one, Say):
                twilio = carriers.languages[said.language].twilio
                if (one.voice, one.tag) != (twilio.voice, twilio.tag):
                    wrong.append(f"{said.language} {said.id}: said in {one.voice}")
                continue
            assert isinstance(one, Play)
            path = "/audio/" + one.url.rpartition("/")[2]
            made = carriers.recordings.said_in(path.rpartition("/")[2]) if path not in seen else None
            if path in seen:
                continue
            seen.add(path)
            answer = client.get(path)
            if answer.status_code != 200 or answer.content_type != "audio/wav":
                wrong.append(f"{said.language} {said.id}: {answer.status_code} {answer.content_type}")
                continue
            sound = decoded(answer.data)
            words = made.said if made else said.text
            much = letters(words)  # a digit is a word: it counts as four
            each = sound.seconds / max(1, much)
            pace[said.language, slow].append(each)
            power = sound.samples[: len(sound.samples) // 160 * 160].reshape(-1, 160).astype(np.float64) ** 2
            frames = power.mean(axis=1)
            active = frames[frames > frames.max() * 1e-3]
            levels[said.language].append(10 * np.log10(active.mean()))
            if sound.seconds <= 0.2:
                wrong.append(f"{said.language} {said.id}: {sound.seconds:.2f} s")
            elif not 0.04 <= each <= (SLOW if slow else 1) * 0.2:
                wrong.append(
                    f"{said.language} {said.id}{' slow' if slow else ''}: {each:.3f} s for each of {much} letters"
                )
    for tag, counts in share.items():
        total = sum(counts.values())
        print(tag, ", ".join(f"{name} {count / total:.1%}" for name, count in counts.most_common()))
    for (tag, slow), values in sorted(pace.items()):
        middle = statistics.median(values)
        print(f"{tag} {'slow' if slow else 'normal'}: {middle:.3f} s a letter, {min(values):.3f} to {max(values):.3f}")
    for tag, values in levels.items():
        print(f"{tag} level: {statistics.median(values):.1f} dB, {min(values):.1f} to {max(values):.1f}")
    print(f"{len(seen)} recordings fetched and decoded; {len(wrong)} to look at")
    print("\n".join(wrong[:40]))


main()
