"""Notices about exchanges, in words. The delicate ones are ux.md's, section 3."""

from timebank.exchanges.reasons import refusal_sentence
from timebank.kernel.dates import local_date
from timebank.kernel.i18n import gettext as _
from timebank.kernel.i18n import ngettext
from timebank.kernel.words import day
from timebank.notices import Told, worded


def _day(told: Told, key: str = "on") -> str:
    return day(told.day(key), local_date(told.notice.made_at))


@worded("proposed", asks=True)
def proposed(told: Told) -> str:
    """A day was proposed, or only how long."""
    if told.text("on"):
        return _("%(name)s stelt een dag voor: %(day)s.", name=told.name("who_id"), day=_day(told))
    return _("%(name)s doet u een voorstel.", name=told.name("who_id"))


@worded("agreed")
def agreed(told: Told) -> str:
    """Yes to the proposal."""
    if told.text("on"):
        return _(
            "%(name)s vindt het goed: %(day)s. Dat is afgesproken.",
            name=told.name("who_id"), day=_day(told),
        )  # fmt: skip
    return _("%(name)s vindt het goed. Kies samen nog een dag.", name=told.name("who_id"))


@worded("declined")
def declined(told: Told) -> str:
    """No, kindly; how many others there are when there are any."""
    first = _("%(name)s kan dit keer niet.", name=told.name("who_id"))
    own = refusal_sentence(told.text("reason"))
    if own:
        first = _("%(name)s kan dit keer niet: “%(reason)s”", name=told.name("who_id"), reason=own)
    others = int(told.text("others") or 0)
    if others:
        more = ngettext(
            "Er is nog %(n)d andere buur die met u praat.",
            "Er zijn nog %(n)d andere buren die met u praten.",
            others,
        )
        return f"{first} {more}"
    return first


@worded("talk_withdrawn")
def talk_withdrawn(told: Told) -> str:
    """Who began took it back."""
    return _("%(name)s stopt met dit gesprek. Dat ligt niet aan u.", name=told.name("who_id"))


@worded("others_heard")
def others_heard(told: Told) -> str:
    """The others on one need."""
    return _(
        "Iets waarop u reageerde, is al geregeld met een andere buur. Fijn dat u wilde helpen."
    )


@worded("cancelled")
def cancelled(told: Told) -> str:
    """An appointment, or all dates that were still to come."""
    if told.number("dates") > 1:
        return _(
            "%(name)s zegt de afspraken die nog komen af. Er is niets geboekt.",
            name=told.name("who_id"),
        )
    return _("%(name)s zegt de afspraak af. Er is niets geboekt.", name=told.name("who_id"))


@worded("no_show", asks=True)
def no_show(told: Told) -> str:
    """It did not happen, says the other."""
    return _(
        "%(name)s schrijft dat de afspraak niet doorging. Wat gebeurde er? Er is niets geboekt.",
        name=told.name("who_id"),
    )


@worded("closed")
def closed(told: Told) -> str:
    """An end without hours."""
    return _("%(name)s rondde iets af. Er is niets geboekt.", name=told.name("who_id"))


@worded("done_claimed", asks=True)
def done_claimed(told: Told) -> str:
    """Is that right?"""
    return _(
        "%(name)s vraagt of dit klopt: %(time)s op %(day)s.",
        name=told.name("who_id"), time=told.time(), day=_day(told),
    )  # fmt: skip


@worded("confirmed")
def confirmed(told: Told) -> str:
    """Yes."""
    return _("%(name)s zegt: %(time)s klopt.", name=told.name("who_id"), time=told.time())


@worded("minutes_differ", asks=True)
def minutes_differ(told: Told) -> str:
    """Other minutes, the first time."""
    return _(
        "U zegt %(yours)s, %(name)s zegt %(time)s. Dat kan gebeuren. Kijkt u er nog één keer naar?",
        yours=told.words.time(told.number("yours")), name=told.name("who_id"), time=told.time(),
    )  # fmt: skip


@worded("disputed")
def disputed(told: Told) -> str:
    """Other minutes, the second time."""
    if told.text("worker_id"):
        return _(
            "U en %(name)s zeggen niet hetzelfde. %(worker)s belt u allebei. Er is niets geboekt.",
            name=told.name("who_id"), worker=told.name("worker_id"),
        )  # fmt: skip
    return _(
        "U en %(name)s zeggen niet hetzelfde. Wij bellen u allebei. Er is niets geboekt.",
        name=told.name("who_id"),
    )


@worded("neighbour_gone")
def neighbour_gone(told: Told) -> str:
    """What was open ended, because the other was erased."""
    return _("Een afspraak gaat niet door: uw buur doet niet meer mee. Er is niets geboekt.")


@worded("settled")
def settled(told: Told) -> str:
    """A worker's word on the minutes."""
    return _(
        "%(worker)s sprak met u en %(name)s: het wordt %(time)s.",
        worker=told.name("worker_id"), name=told.name("who_id"), time=told.time(),
    )  # fmt: skip


@worded("settled_without")
def settled_without(told: Told) -> str:
    """A worker ends it without hours."""
    return _(
        "%(worker)s rondde iets af tussen u en %(name)s. Er is niets geboekt.",
        worker=told.name("worker_id"), name=told.name("who_id"),
    )  # fmt: skip


@worded("repair_asked")
def repair_asked(told: Told) -> str:
    """Both hear that somebody looks at it."""
    if told.text("asker_id") == str(told.notice.party_id):
        return _("U wilt de tijd laten nakijken. Wij doen dat.")
    return _(
        "%(name)s wil de tijd laten nakijken. Wij doen dat, en praten met u allebei.",
        name=told.name("who_id"),
    )


@worded("repaired")
def repaired(told: Told) -> str:
    """Put right."""
    return _(
        "%(worker)s heeft de tijd met %(name)s goed gezet. Het is nu %(time)s.",
        worker=told.name("worker_id"), name=told.name("who_id"), time=told.time(),
    )  # fmt: skip


@worded("repair_stands")
def repair_stands(told: Told) -> str:
    """Looked at, and it stays."""
    return _(
        "%(worker)s keek naar de tijd met %(name)s. Het blijft %(time)s.",
        worker=told.name("worker_id"), name=told.name("who_id"), time=told.time(),
    )  # fmt: skip


@worded("reminder", asks=True)
def reminder(told: Told) -> str:
    """Silence will book."""
    return _(
        "%(name)s wacht op uw antwoord. Klopt %(time)s? Zegt u niets, dan boeken wij het op "
        "%(day)s. Daarna kunt u het nog laten herstellen.",
        name=told.name("who_id"), time=told.time(), day=_day(told),
    )  # fmt: skip


@worded("reminder_person", asks=True)
def reminder_person(told: Told) -> str:
    """Silence does not book: a person asks."""
    return _(
        "%(name)s wacht op uw antwoord. Klopt %(time)s? Horen wij niets, dan vragen "
        "wij het u vanaf %(day)s.",
        name=told.name("who_id"), time=told.time(), day=_day(told),
    )  # fmt: skip


@worded("booked_by_silence")
def booked_by_silence(told: Told) -> str:
    """Both are told, and how to undo it."""
    return _(
        "Wij hoorden niets, daarom is %(time)s geboekt tussen u en %(name)s. Klopt het niet? Zeg "
        "het ons, dan zetten we het goed.",
        time=told.time(), name=told.name("who_id"),
    )  # fmt: skip


@worded("tomorrow")
def tomorrow(told: Told) -> str:
    """The day before."""
    return _(
        "U heeft een afspraak met %(name)s op %(day)s.", day=_day(told), name=told.name("who_id")
    )


@worded("did_it_happen", asks=True)
def did_it_happen(told: Told) -> str:
    """The day has passed."""
    return _(
        "U had een afspraak met %(name)s op %(day)s. Ging het door?",
        name=told.name("who_id"), day=_day(told),
    )  # fmt: skip


@worded("your_turn", asks=True)
def your_turn(told: Told) -> str:
    """The week has passed."""
    return _("%(name)s wacht nog op u.", name=told.name("who_id"))
