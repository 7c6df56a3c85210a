"""Which words the embedded voice of a language reads as English, or cannot read: candidates for lexicon.toml.

Run it by hand: .venv/bin/python benchmarks/unread.py.  It tells nothing about how well people understand the rest.
"""

import re
from collections import Counter

from service.cli.base import ROOT, our_settings
from service.core.script import script
from service.house import open_house
from service.speech.carriers import said
from service.speech.embedded import EmbeddedSpeaker


def main() -> None:
    """Ask for the sounds of each word that callers hear, by itself."""
    house = open_house(our_settings(), ROOT, words=False)
    speaker = EmbeddedSpeaker()
    for tag in house.shelf.library.editions:
        spoken = house.carriers.languages[tag]
        voice = spoken.voices.get("embedded", "")
        if not voice:
            continue
        words: Counter[str] = Counter()
        utterances = script(house.shelf.library, tag)
        for utterance in utterances:
            words.update(re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", said(utterance, "embedded", spoken.lexicon)))
        unread = [word for word in words if "(en)" in speaker.ipa(word, voice)] if not tag.startswith("en") else []
        share = sum(words[word] for word in unread) / sum(words.values())
        print(f"{tag}: {len(unread)} of {len(words)} words, {share:.2%} of what is said: {', '.join(sorted(unread))}")
    speaker.close()


main()
