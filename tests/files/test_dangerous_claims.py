"""Claims that circulate about this illness and are wrong or dangerous are said nowhere, in no language.

Each pattern is in our own words.  A negation would be caught too: what must not be believed is better left unsaid.
"""

import re
from collections.abc import Iterator
from typing import Final

import pytest

from service.house import ROOT, House

CLAIMS: Final = {
    "a million people live with it": {
        "en": r"\b(?:1|one|a) million (?:people|individuals|persons)",
        "es": r"\b(?:1|un) mill[oó]n de (?:personas|individuos)",
        "fr": r"\b(?:1|un) million (?:de personnes|d.individus)",
    },
    "it lasts for life": {
        "en": r"(?:whole|entire|all (?:your|their|of (?:your|their))) li(?:fe|ves)|lifelong|for life\b|permanent",
        "es": r"toda (?:la|su) vida|de por vida|para siempre|permanente",
        "fr": r"toute (?:la|sa|votre) vie|(?<!la )\b[àa] vie\b|pour toujours|permanent|d[ée]finitif",
    },
    "taking a tumor out does not help adults, or makes it worse": {
        "en": r"adults?\b[^.]*\b(?:remov|surgery|taking|operat)[^.]*\b(?:not|n't|never|worse|useless)"
        r"|(?:remov\w+|surgery|operat\w+)[^.]*adults?\b[^.]*\b(?:not|n't|worse)",
        "es": r"adult\w*[^.]*(?:quitar|extirpar|operar|cirug[ií]a)[^.]*\b(?:no|peor|empeora\w*)\b",
        "fr": r"adulte\w*[^.]*(?:retirer|enlever|op[ée]r|chirurgie)[^.]*\b(?:pas|pire|aggrav\w*)\b",
    },
    "all vaccines must stop": {
        "en": r"\b(?:stop|avoid|refuse|skip|no more|never (?:have|get|take))\b[^.?]*\bvaccin",
        "es": r"\b(?:deje|dejen|evite|evitar|suspenda|suspender|no (?:se )?(?:vacune|ponga))\b[^.?]*\b(?:vacun|$)",
        "fr": r"\b(?:arr[êe]te[rz]|[ée]vite[rz]|refuse[rz]|ne .{0,12}vaccine)\b[^.?]*\bvaccin|ne .{0,12}vaccine[rz]? pas",
    },
    "it is harmless": {"en": r"\bbenign|\bharmless", "es": r"\bbenign[oa]|inofensiv", "fr": r"\bb[ée]nin|inoffensi"},
    "4 in 100 children with a neuroblastoma get it": {
        "en": r"\b4 ?%|\bfour per ?cent|\b4 (?:in|of) (?:every )?100\b",
        "es": r"\b4 ?%|\b4 de cada 100\b|cuatro por ciento",
        "fr": r"\b4 ?%|\b4 (?:enfants )?sur 100\b|quatre pour cent",
    },
    "it never starts before six months": {
        "en": r"(?:after|over|until) (?:6|six) months",
        "es": r"(?:despu[ée]s de|a partir de) (?:los )?(?:6|seis) meses",
        "fr": r"(?:apr[èe]s|[àa] partir de) (?:6|six) mois",
    },
    "urine or blood shows antibodies that prove it": {
        "en": r"(?:urine|pee|blood)[^.]*antibod|antibod[^.]*prove",
        "es": r"(?:orina|pip[ií]|sangre)[^.]*anticuerpo|anticuerpo[^.]*(?:prueba|confirma)",
        "fr": r"(?:urine|pipi|sang)[^.]*anticorps|anticorps[^.]*(?:prouve|confirme)",
    },
    "treatment goes on so that the tumor stays away": {
        "en": r"(?:keep|stop|prevent)[^.]*tumor[^.]*(?:return|coming back|come back)",
        "es": r"(?:evitar|impedir)[^.]*tumor[^.]*(?:vuelva|regrese)",
        "fr": r"(?:[ée]viter|emp[êe]cher)[^.]*tumeur[^.]*(?:revienne|retour)",
    },
    "only severe cases need strong medicine, mild ones pass": {
        "en": r"\b(?:mild|severe|serious) (?:case|form)|(?:goes|go) away (?:by itself|on its own)|will pass\b",
        "es": r"casos? (?:leves?|graves?)|se (?:cura|quita|pasa) sol[oa]",
        "fr": r"(?:cas|formes?) (?:graves?|l[ée]g[eè]re?s?)|(?:gu[ée]rit|passe) (?:tout )?seule?",
    },
    "steroids can be stopped": {
        "en": r"(?:you (?:can|may)|it is safe to) stop (?:the )?steroid|(?:^|[.:] )stop (?:the )?steroids",
        "es": r"(?:puede|pueden) (?:dejar|suspender) (?:los )?(?:corticoid|esteroid|cortison)",
        "fr": r"(?:pouvez|peut) arr[êe]ter (?:les )?(?:cortico|st[ée]ro|cortiso)",
    },
    "research is a duty": {
        "en": r"(?:essential|must|should|need to|have to)[^.]*\b(?:research|registr|trial)",
        "es": r"(?:esencial|debe|tiene que)[^.]*(?:investigaci|registro|ensayo)",
        "fr": r"(?:essentiel|devez|doit|faut)[^.]*(?:recherche|registre|essai)",
    },
    "words that frighten or label": {
        "en": r"brain (?:damage|injury)|aggressive|handicap|retard|donkey|disabilit",
        "es": r"da[ñn]o cerebral|lesi[óo]n cerebral|agresiv|discapacita|retras",
        "fr": r"(?:l[ée]sions?|dommages?) c[ée]r[ée]bra|agressi[fv]|handicap|retard mental",
    },
    "what nobody knows or uses yet": {
        "en": r"gene therap|genetic|methotrexate|immunoadsorption|plasmapheresis|precision medicine|b-cell",
        "es": r"terapia g[ée]nica|gen[ée]tic|metotrexato|inmunoadsorci|plasmaf[ée]resis|medicina de precisi",
        "fr": r"th[ée]rapie g[ée]nique|g[ée]n[ée]tique|m[ée]thotrexate|immunoadsorption|plasmaph[ée]r[èe]se|m[ée]decine de pr[ée]cision",
    },
    "a review that has no name": {
        "en": r"medically reviewed|clinically approved|doctor.approved",
        "es": r"revisad[oa] (?:m[ée]dicamente|por m[ée]dicos)|aprobad[oa] por m[ée]dicos",
        "fr": r"(?:relu|v[ée]rifi[ée]|approuv[ée])e? par des m[ée]decins|m[ée]dicalement v[ée]rifi",
    },
}  # fmt: skip
# Addresses and scripts that must never come near the line; the same in all languages.
NOWHERE: Final = ("omsusa", "rarechromo", "herokuapp", "arpecop", "hugohealth", "<script", "http-equiv", "javascript:")
# Numbers that are old, doubtful or without source, in national form; international ones end in the same digits.
HELD: Final = (
    "8009996673", "8882052311", "8882053223", "3015193104", "8003529424", "8088083555", "3033007080", "442553625",
    "316640777", "617041050", "848314372", "800896949", "800892424", "156538136", "810631920", "800404043",
    "918221725", "8892555000", "300505700", "8666712623", "1800240365",
)  # fmt: skip
TEXTS: Final = (".toml", ".po", ".pot", ".md", ".csv")


def said(house: House, language: str) -> Iterator[tuple[str, str]]:
    """All that is written or heard in a language, also what is not offered yet."""
    for name, found in house.shelf.translations.get(language, {}).items():
        if not name.startswith("words/"):
            yield name, found.text


@pytest.mark.parametrize("language", ["en", "es", "fr"])
@pytest.mark.parametrize("claim", CLAIMS)
def test_a_dangerous_claim_is_made_nowhere(house: House, claim: str, language: str) -> None:
    pattern = re.compile(CLAIMS[claim][language], re.IGNORECASE)
    assert not [(name, text) for name, text in said(house, language) if pattern.search(text)]


@pytest.mark.parametrize(
    ("claim", "language", "text"),
    [
        ("a million people live with it", "en", "Only 1 million people are thought to have it."),
        ("it lasts for life", "es", "Dura toda la vida."),
        ("taking a tumor out does not help adults, or makes it worse", "en", "In adults, surgery often does not help."),
        ("taking a tumor out does not help adults, or makes it worse", "fr", "Chez les adultes, opérer n'aide pas."),
        ("all vaccines must stop", "en", "Stop all vaccines."),
        ("all vaccines must stop", "es", "Deje todas las vacunas."),
        ("all vaccines must stop", "fr", "Arrêtez les vaccins."),
        ("it is harmless", "fr", "C'est bénin."),
        ("urine or blood shows antibodies that prove it", "en", "Blood tests show the antibodies."),
    ],
)
def test_the_patterns_know_what_they_are_for(claim: str, language: str, text: str) -> None:
    assert re.search(CLAIMS[claim][language], text, re.IGNORECASE)


def test_held_numbers_and_addresses_are_in_no_file() -> None:
    files = [path for name in ("content", "locales") for path in (ROOT / name).rglob("*") if path.suffix in TEXTS]
    assert files
    for path in files:
        text = path.read_text("utf-8").casefold()
        assert not [word for word in NOWHERE if word in text], path
        # Groups of digits with what may stand between them; a line has its own numbers.
        digits = {re.sub(r"\D", "", found) for found in re.findall(r"\+?\d[\d ().\u00a0-]{5,}\d", text)}
        assert not [(held, found) for held in HELD for found in digits if found.endswith(held)], path
