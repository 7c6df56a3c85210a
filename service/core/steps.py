"""One step: what a key does at a place, and what silence does."""

from dataclasses import replace
from typing import Final

from service.core.content import MENUS, Library
from service.core.keys import CHOICES, Key
from service.core.places import (
    LANGUAGES_A_PAGE,
    MOST_MISSES,
    MOST_SILENCES,
    Alarmed,
    AnyPlace,
    Asking,
    Doorstep,
    Goodbye,
    Menu,
    Notice,
    Reading,
    doorstep,
    goodbye,
    menu,
    menu_of,
    reading,
)

_NEXT_MENU: Final = dict(zip(MENUS, (*list(MENUS)[1:], "menu"), strict=True))
_MENU_BEFORE: Final = {after: before for before, after in _NEXT_MENU.items() if after != "menu"}


def pressed(library: Library, place: AnyPlace, key: Key) -> AnyPlace:
    """Where a key leads.  A key without use here says so, and never ends anything."""
    match key:
        case Key.URGENT:
            return reading(place, "urgent")
        case Key.PEOPLE:
            support = library.editions[place.language].topics["support"]
            return reading(place, "support", support.nearest_help(place.person.region))
        case Key.AGAIN:
            return calm(place)
        case Key.SLOWER if place.person.by_phone:
            return replace(
                calm(place), slow=not place.slow, notice=Notice.NORMAL_SPEED if place.slow else Notice.SLOWER
            )
        case Key.SLOWER:
            return replace(calm(place), notice=Notice.ONLY_BY_PHONE)
        case Key.OTHER_CHANNEL if place.person.by_phone:
            return replace(calm(place), notice=Notice.TEXTED if place.person.can_text else Notice.CANNOT_TEXT)
        case Key.OTHER_CHANNEL:
            return replace(calm(place), notice=Notice.READ_ALOUD if place.person.can_listen else Notice.CANNOT_READ)
        case Key.NEXT | Key.POUND:
            return _next(library, place)
        case Key.BACK:
            return _back(place)
        case Key.TWO | Key.THREE | Key.FOUR | Key.FIVE:
            return _chosen(library, place, CHOICES.index(key))


def fallen_silent(library: Library, place: AnyPlace) -> AnyPlace:
    """While a topic is read, silence listens on; at a menu it is asked again, and the third ends the call kindly."""
    match place:
        case Reading() | Alarmed():
            return _next(library, place)
        case Doorstep() | Menu() | Asking() if place.silences < MOST_SILENCES:
            return replace(calm(place), silences=place.silences + 1)
        case Doorstep() | Menu() | Asking() | Goodbye():
            return goodbye(place)


def missed(place: AnyPlace, notice: Notice) -> AnyPlace:
    """Not understood.  The third time in a row somebody hears the whole menu, slowly."""
    if place.misses + 1 == MOST_MISSES:
        return replace(menu(place), notice=notice, misses=MOST_MISSES)
    return replace(calm(place), notice=notice, misses=place.misses % MOST_MISSES + 1)


def calm(place: AnyPlace) -> AnyPlace:
    """The same place without greeting, notice, silences and misses."""
    return replace(place, fresh=False, silences=0, misses=0, notice=None)


def _next(library: Library, place: AnyPlace) -> AnyPlace:
    match place:
        case Reading(topic=topic, part=part):
            parts = library.editions[place.language].topics[topic].parts(place.person.region)
            if part + 1 < len(parts):
                return reading(place, topic, part + 1)
            return replace(menu(place, menu_of(topic)), notice=Notice.LAST_PART)
        case Menu(name=name):
            return menu(place, _NEXT_MENU[name])
        case Doorstep(page=page):
            pages = -(-len(library.offered(place.person)) // LANGUAGES_A_PAGE)
            return doorstep(place, (page + 1) % pages) if pages > 1 else missed(place, Notice.WRONG_KEY)
        case Alarmed(then=then):
            return reading(place, then)
        case Asking() | Goodbye():
            return menu(place)


def _back(place: AnyPlace) -> AnyPlace:
    match place:
        case Reading(topic=topic):
            return menu(place, menu_of(topic))
        case Menu(name=name) if name in _MENU_BEFORE:
            return menu(place, _MENU_BEFORE[name])
        case Menu():
            return doorstep(place)
        case Doorstep() | Asking() | Alarmed() | Goodbye():
            return menu(place)


def _chosen(library: Library, place: AnyPlace, choice: int) -> AnyPlace:
    """Keys 2 to 5: the choices of the menu last offered."""
    match place:
        case Doorstep(page=page):
            offers = library.offered(place.person)[page * LANGUAGES_A_PAGE : (page + 1) * LANGUAGES_A_PAGE]
            if choice >= len(offers):
                return missed(place, Notice.WRONG_KEY)
            there = replace(place, language=offers[choice], person=replace(place.person, settled=True))
            return menu(there)
        case Asking(topics=topics):
            return reading(place, topics[choice]) if choice < len(topics) else missed(place, Notice.WRONG_KEY)
        case Menu(name=name):
            return _entered(place, MENUS[name][choice])
        case Reading(topic=topic):
            return _entered(place, MENUS[menu_of(topic)][choice])
        case Alarmed() | Goodbye():
            return _entered(place, MENUS["menu"][choice])


def _entered(place: AnyPlace, entry: str) -> AnyPlace:
    if entry == "door":
        return doorstep(place)
    return menu(place, entry) if entry in MENUS else reading(place, entry)
