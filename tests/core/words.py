"""Small word lists, for tests of how they are searched."""

from service.core.borrowed import NOTHING_TOLD, Vocabulary
from service.core.content import TOPICS
from service.core.index import Index
from service.core.matching import Phrasebook
from service.core.patterns import phrase

LISTS = {
    "en": {
        "alarm": [
            "not|cant|stopped breath*",
            "choking",
            "wont wake",
            "unconscious",
            "collapsed",
            "cooking hurts",
            "limp?",
        ],
        "alarm/self-harm": ["want die"],
        "alarm/timed": ["seizing", "jerks"],
        "minutes": ["min", "minutes"],
        "hours": ["hours"],
        "degrees": ["f", "c", "degrees"],
        "heat": ["temp", "warm"],
        "child": ["he", "she", "my son"],
        "innocent": ["cooking", "limping", "collapsed laughing", "doctor stopped medicine"],
        "common": ["the", "is", "a", "my", "please", "english"],
        "urgent/fever": ["fever"],
        "urgent/worse": ["worse", "relapse"],
        "symptoms": ["symptoms", "eyes jumping", "signs?"],
        "diagnosis": ["neuroblastoma", "test?", "scan?", "spinal tap", "signs of tumor"],
        "treatment": ["medicine", "stopped medicine", "chickenpox", "gift"],
        "outlook": ["school", "relapses"],
        "adults": ["school adult"],
        "menu": ["menu"],
        "more": ["more"],
        "help": ["help"],
        "hello": ["hello"],
        "thanks": ["thanks"],
        "name": ["english", "american english"],
    },
    "es": {
        "alarm": ["no respira", "no despierta"],
        "alarm/self-harm": ["quiero morir"],
        "common": ["el", "mi", "es", "por favor"],
        "urgent/fever": ["fiebre"],
        "symptoms": ["sintomas"],
        "treatment": ["tos"],
        "support": ["school"],
        "more": ["mas"],
        "menu": ["menu"],
        "name": ["spanish", "espanol"],
    },
    "de": {"treatment": ["impfung"], "diagnosis": ["gift"], "common": ["das", "ist"], "name": ["deutsch"]},
    "zh": {
        "alarm": ["叫不醒", "救命"],
        "alarm/timed": ["抖"],
        "minutes": ["分钟"],
        "treatment": ["药"],
        "symptoms": ["症状"],
        "name": ["中文"],
    },
}


def phrasebook(
    lists: dict[str, dict[str, list[str]]] = LISTS,
    vocabulary: Vocabulary = NOTHING_TOLD,
) -> Phrasebook:
    """The phrasebook of some lists, with three emergency numbers."""
    phrases = [
        phrase(written, meaning, language)
        for language, meanings in lists.items()
        for meaning, entries in meanings.items()
        for written in entries
    ]
    return Phrasebook(phrases, TOPICS, {"911", "112", "15"}, vocabulary)


def index(*entries: str) -> Index:
    """An index of entries that all mean the same."""
    return Index(phrase(written, "alarm", "en") for written in entries)
