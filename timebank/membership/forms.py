"""What people fill in: joining, changing their details, resting, stopping, saying why."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, cast
from uuid import UUID

import msgspec

from timebank.areas import Area, Place
from timebank.kernel import numbers
from timebank.kernel.fields import Choice, Day, Email, Id, Line, Name, Phone, Sent, Whole, Words
from timebank.kernel.forms import BadField, is_read
from timebank.kernel.i18n import N_, NAMES
from timebank.kernel.i18n import gettext as _
from timebank.kernel.text import BadText
from timebank.membership.model import REST_WEEKS, too_young_sentence
from timebank.parties import Details, Held, Party, Reach, too_young


class Postcode(Line):
    """A Dutch postcode, kept as "1234 AB"."""

    def __init__(self) -> None:
        super().__init__(40)

    def read(self, name: str, sent: Sent) -> str:
        try:
            return numbers.postcode(super().read(name, sent))
        except BadText as bad:
            raise BadField(bad.sentence) from bad


class DetailsForm(msgspec.Struct, kw_only=True):
    """Who somebody is and how to reach them. E-mail is optional, and may be shared by a couple."""

    full_name: Annotated[str, Name(80, ask=N_("Vul uw naam in."))]
    call_name: Annotated[str, Name(40, ask=N_("Vul in hoe buren u noemen."))]
    area: Annotated[UUID, Id(ask=N_("Kies waar u woont."))]
    place: Annotated[UUID | None, Id()] = None
    reachable_by: Annotated[
        str,
        Choice("app", "email", "phone", "paper", "via_someone",
               ask=N_("Kies hoe wij u het best bereiken.")),
    ]  # fmt: skip
    email: Annotated[str | None, Email()] = None
    phone: Annotated[numbers.Phone | None, Phone()] = None
    street: Annotated[str, Line(120)] = ""
    postcode: Annotated[str | None, Postcode()] = None
    reach_words: Annotated[str, Line(200)] = ""
    likes: Annotated[str, Words(600)] = ""
    dislikes: Annotated[str, Words(600)] = ""
    birth_year: Annotated[int | None, Whole(1900, 2100)] = None

    def _reach_errors(self) -> dict[str, str]:
        """The way they chose must lead to them; and some way must, or nobody can answer."""
        if self.reachable_by == "email" and not self.email:
            return {"email": _("Vul uw e-mailadres in, of kies een andere manier.")}
        if self.reachable_by == "phone" and not self.phone:
            return {"phone": _("Vul uw telefoonnummer in, of kies een andere manier.")}
        if self.reachable_by == "paper" and not self.street:
            return {"street": _("Vul uw straat en nummer in. Dan komt de brief aan.")}
        if self.reachable_by == "via_someone" and not self.reach_words:
            return {"reach_words": _("Schrijf hier via wie wij u bereiken.")}
        if not (self.email or self.phone or self.street or self.reach_words):
            return {
                "phone": _("Vul een telefoonnummer of e-mailadres in. Dan kunnen wij antwoorden.")
            }
        return {}

    def check(
        self, *, areas: Sequence[Area], places: Sequence[Place], today: date
    ) -> dict[str, str]:
        """Some way leads to them, they live in one of these places, and are old enough."""
        errors = self._reach_errors()
        if self.area not in {area.id for area in areas}:
            errors["area"] = _("Kies iets uit de lijst.")
        place = next((found for found in places if found.id == self.place), None)
        if self.place is not None and (place is None or place.area_id != self.area):
            errors["place"] = _("Deze plek ligt ergens anders. Kies er een waar u woont.")
        if self.birth_year is not None and self.birth_year > today.year:
            errors["birth_year"] = _("Kijk dit jaar na. Schrijf het met vier cijfers, zoals 1954.")
        elif is_read(self.birth_year) and too_young(self.birth_year, today):
            errors["birth_year"] = too_young_sentence()
        return errors

    def details(self, *, language: str) -> Details:
        """As the parties keep it."""
        return Details(
            full_name=self.full_name,
            call_name=self.call_name,
            area_id=self.area,
            place_id=self.place,
            email=self.email,
            phone=self.phone.shown if self.phone else None,
            phone_key=self.phone.key if self.phone else None,
            reachable_by=cast(Reach, self.reachable_by),
            reach_words=self.reach_words,
            language=language,
            birth_year=self.birth_year,
            likes=self.likes,
            dislikes=self.dislikes,
            street=self.street,
            postcode=self.postcode,
        )


class JoinForm(DetailsForm, kw_only=True):
    """Asking to join. The question about the worker's call is never answered beforehand."""

    language: Annotated[str, Choice(*NAMES, ask=N_("Kies een taal."))]
    consent: Annotated[str | None, Choice("yes", "no", "later")] = None
    way: Annotated[str | None, Choice("phone", "paper", "visit")] = None
    """Only when somebody who works here fills it in for another."""


class ReasonForm(msgspec.Struct, kw_only=True):
    """Why, in words that the member reads."""

    words: Annotated[str, Words(600, ask=N_("Schrijf de reden op. Deze buur leest dit."))]


class PerhapsReasonForm(msgspec.Struct, kw_only=True):
    """Words that may stay away."""

    words: Annotated[str | None, Words(600)] = None


class AppealForm(msgspec.Struct, kw_only=True):
    """Why somebody does not agree."""

    words: Annotated[str, Words(1500, ask=N_("Schrijf op waarom u het er niet mee eens bent."))]


class RestForm(msgspec.Struct, kw_only=True):
    """Rest until a day, or stop."""

    choice: Annotated[str, Choice("pause", "leave", ask=N_("Kies wat u wilt."))]
    until: Annotated[date | str | None, Day(weeks=REST_WEEKS)] = None

    def check(self) -> dict[str, str]:
        """Rest has an end."""
        if self.choice == "pause" and self.until is None:
            return {"until": _("Kies tot en met welke dag u rust wilt.")}
        return {}


class PauseForm(msgspec.Struct, kw_only=True):
    """Rest for another, on their own word."""

    until: Annotated[date | str, Day(ask=N_("Kies tot en met welke dag."), weeks=REST_WEEKS)]


def starting_values(party: Party, waiting: Held | None = None) -> dict[str, str | None]:
    """The details form as it stands before somebody changes it. `waiting`: another way to reach
    them that does not hold yet."""
    reach = waiting or party
    return {
        "full_name": party.full_name,
        "call_name": party.call_name,
        "area": str(party.area_id),
        "place": str(party.place_id) if party.place_id else None,
        "reachable_by": reach.reachable_by,
        "email": reach.email,
        "phone": reach.phone,
        "street": reach.street or None,
        "postcode": reach.postcode,
        "reach_words": reach.reach_words or None,
        "likes": party.likes or None,
        "dislikes": party.dislikes or None,
        "birth_year": str(party.birth_year) if party.birth_year else None,
    }
