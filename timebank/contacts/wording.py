"""Contacts in words."""

from timebank import audit
from timebank.contacts.model import Contact, Heard, LookPurpose, Topic, Wish
from timebank.kernel.i18n import gettext as _
from timebank.kernel.i18n import pgettext


def heard_words(heard: Heard) -> str:
    """How it went, in two words."""
    words: dict[Heard, str] = {
        "call": _("Gebeld"),
        "visit": _("Op bezoek geweest"),
        "walk_in": _("Bij de inloop gesproken"),
        "street": _("Op straat gesproken"),
        "card": _("Kaartje gestuurd"),
        "call_missed": _("Gebeld, niet bereikt"),
        "visit_missed": _("Langs geweest, niet thuis"),
    }
    return words[heard]


def wish_words(wish: Wish) -> str:
    """What the member wants, as the worker chose it from the list."""
    words: dict[Wish, str] = {
        "meet": pgettext("wish", "Wil graag iemand leren kennen"),
        "join": pgettext("wish", "Wil graag ergens aan meedoen"),
        "other_help": pgettext("wish", "Wil andere hulp"),
        "rest": pgettext("wish", "Wil nu met rust gelaten worden"),
        "no_calls": pgettext("wish", "Wil hierover niet meer gebeld worden"),
    }
    return words[wish]


def topic_words(topic: Topic) -> str:
    """What it was for."""
    words: dict[Topic, str] = {
        "how": pgettext("topic", "Horen hoe het gaat"),
        "meet": pgettext("topic", "Buren leren kennen"),
        "arrange": pgettext("topic", "Iets regelen"),
        "told": pgettext("topic", "Iets doorgeven"),
        "other": pgettext("topic", "Iets anders"),
    }
    return words[topic]


def who_spoke(contact: Contact) -> str:
    """ "Samira Bouali", or "Samira Bouali, getypt door Joris Blom"."""
    gone = _("iemand die niet meer meedoet")
    if contact.by_id == contact.entered_by_id:
        return contact.by_name or gone
    return _(
        "%(name)s, getypt door %(other)s",
        name=contact.by_name or gone, other=contact.entered_by_name or gone,
    )  # fmt: skip


audit.says("contact.noted", lambda _e: _("Schreef op dat er contact was, of dat het niet lukte."))
audit.says("contact.opened", lambda _e: _("Mag van u lezen wat er eerder gezegd is."))
audit.says("contact.stepped_aside", lambda _e: _("Liet het bellen over aan een collega."))
audit.says("contact.printed", lambda _e: _("Drukte een leeg formulier voor een gesprek met u af."))


def purpose_words(purpose: LookPurpose) -> str:
    """Why a worker looks, as a choice."""
    words: dict[LookPurpose, str] = {
        "call": pgettext("look", "Ik ga bellen of langs"),
        "came": pgettext("look", "Deze buur belde of kwam zelf"),
        "arrange": pgettext("look", "Ik regel iets voor deze buur"),
        "meet": pgettext("look", "Ik zoek iemand die past"),
        "colleague": pgettext("look", "Een collega vroeg het mij"),
    }
    return words[purpose]


def looked(entry: audit.Entry) -> str:
    """What the member reads of a look: that it was, and why."""
    why: dict[str, str] = {
        "call": _("Bekeek uw gegevens, om te bellen of langs te gaan."),
        "came": _("Bekeek uw gegevens, omdat u belde of langskwam."),
        "arrange": _("Bekeek uw gegevens, om iets voor u te regelen."),
        "meet": _("Bekeek uw gegevens, om te zien welke buur bij u past."),
        "colleague": _("Bekeek uw gegevens, omdat een collega het vroeg."),
    }
    return why.get(str(entry.detail.get("purpose")), _("Bekeek uw gegevens."))


audit.says("party.looked", looked)
