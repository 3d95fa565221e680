"""Who lives in a made-up town: the written cast, and as many others as it takes. No I/O."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal
from uuid import UUID

from timebank import parties
from timebank.demo.texts import read
from timebank.kernel.phones import phone
from timebank.kernel.text import fold

Life = Literal[
    "hub", "connected", "sometimes", "helper", "helped", "drifted", "seeking", "silent", "new",
    "staff", "still",
]  # fmt: skip
"""How somebody takes part. `drifted` stops after a while, `seeking` asks and hears nothing,
`silent` never began, `still` has only a written story."""

SHARES: dict[Life, int] = {
    "hub": 1, "connected": 28, "sometimes": 28, "helper": 9, "helped": 9, "drifted": 10,
    "seeking": 4, "silent": 6, "new": 5,
}  # fmt: skip
LIKES = {
    "garden": "Buiten bezig zijn.", "errands": "Markten en winkels.", "household": "Orde in huis.",
    "repair": "Dingen maken.", "transport": "Op pad gaan.", "company": "Een goed gesprek.",
    "computer": "Puzzelen met apparaten.", "paperwork": "Dingen uitzoeken.",
    "lessons": "Iets leren en uitleggen.", "children": "Kinderen.", "animals": "Dieren.",
    "cooking": "Koken en samen eten.", "lending": "Delen wat ik heb.", "other": "Nieuwe mensen.",
}  # fmt: skip
DISLIKES = [
    "Tillen, vanwege mijn rug.", "Bellen, liever een bericht.", "Drukke groepen.",
    "Honden, daar ben ik bang voor.", "'s Avonds de deur uit.", "Trappen lopen.",
]  # fmt: skip


@dataclass
class Neighbour:
    """Somebody in a town. `joined` and `stops` are days before now; `id` and `number` come when
    they join."""

    full_name: str
    call_name: str
    area: str
    place: str | None
    life: Life
    joined: int
    stops: int = 0
    kind: parties.PartyKind = "person"
    reach: parties.Reach = "app"
    reach_words: str = ""
    email: str | None = None
    phone: str | None = None
    born: int | None = None
    language: str = "nl"
    likes: str = ""
    dislikes: str = ""
    street: str = ""
    postcode: str | None = None
    consent: parties.Answer | None = None
    role: Literal["admin", "worker", None] = None
    written: bool = False
    """One of the cast, with nothing left to chance."""
    offer: str = ""
    story: str = ""
    story_place: int = 0
    id: UUID = field(default_factory=lambda: UUID(int=0))
    number: str = ""

    @property
    def online(self) -> bool:
        """Whether they use the site themselves; for the others a worker does."""
        return self.reach in ("app", "email")

    def active(self, days_ago: int) -> bool:
        """Whether they take part on that day."""
        return self.joined - 4 > days_ago >= self.stops


def folk(town: dict[str, Any], rng: Random, this_year: int) -> list[Neighbour]:
    """Everybody of a town: the cast first, then others until there are `size`."""
    cast = [_from_file(p, this_year) for p in read("cast")["person"] if p["town"] == town["slug"]]
    numbers = iter(range(100, 1000))
    for person in cast:
        _give_ways(person, numbers)
    taken = {person.call_name for person in cast}
    lives = _lives(town["size"] - len(cast), rng)
    others = [_anybody(town, life, taken, rng, this_year, numbers) for life in lives]
    return cast + others


def _from_file(found: dict[str, Any], this_year: int) -> Neighbour:
    name = found["name"]
    return Neighbour(
        full_name=name, call_name=found.get("call", name.split()[0]), area=found["area"],
        place=found.get("place"), life=found["life"], joined=found["joined"] * 30 + 20,
        kind=found.get("kind", "person"), reach=found["reach"],
        reach_words=found.get("reach_words", ""), language=found.get("language", "nl"),
        born=this_year - found["born"] if "born" in found else None,
        likes=found.get("likes", ""), dislikes=found.get("dislikes", ""),
        street=found.get("street", ""), postcode=found.get("postcode"),
        written=True, offer=found.get("offer", ""),
        consent=found.get("consent"), role=found.get("role"), story=found.get("story", ""),
        story_place=found.get("list", 0),
    )  # fmt: skip


def _lives(count: int, rng: Random) -> list[Life]:
    found: list[Life] = [
        life for life, share in SHARES.items() for _n in range(round(share * count / 100))
    ]
    found = found[:count] + ["sometimes"] * (count - len(found))
    rng.shuffle(found)
    return found


def _anybody(
    town: dict[str, Any], life: Life, taken: set[str], rng: Random, this_year: int,
    numbers: Iterator[int],
) -> Neighbour:  # fmt: skip
    old = rng.random() < 0.45
    name = _name(taken, rng, old)
    area = rng.choices(town["area"], [area["share"] for area in town["area"]])[0]
    joined = rng.choice([rng.randint(430, 540), rng.randint(60, 430), rng.randint(60, 300)])
    if life == "new":
        joined = rng.randint(3, 40)
    if life == "drifted":
        joined = rng.randint(360, 530)
    born = this_year - (rng.randint(61, 88) if old else rng.randint(19, 60))
    found = Neighbour(
        full_name=name, call_name=name.split()[0], area=area["name"],
        place=rng.choice(area["places"])[0] if rng.random() < 0.85 else None,
        life=life, joined=joined, stops=rng.randint(130, 240) if life == "drifted" else 0,
        reach=_reach(rng, old), born=born if rng.random() < 0.7 else None,
        dislikes=rng.choice(DISLIKES) if rng.random() < 0.3 else "",
        consent=_consent(rng, life),
    )  # fmt: skip
    _give_ways(found, numbers)
    return found


def _name(taken: set[str], rng: Random, old: bool) -> str:
    while True:
        groups = read_names()
        group = rng.choices(groups, [g["share"] for g in groups])[0]
        call_name = rng.choice(group["old" if old else "young"])
        name = f"{call_name} {rng.choice(group['family'])}"
        if not taken & {name, call_name}:  # nobody is called like one of the cast
            taken.add(name)
            return name


def _reach(rng: Random, old: bool) -> parties.Reach:
    ways: list[parties.Reach] = ["app", "email", "phone", "paper", "via_someone"]
    return rng.choices(ways, [38, 22, 26, 12, 2] if old else [66, 28, 6, 0, 0])[0]


def _consent(rng: Random, life: Life) -> parties.Answer | None:
    if life == "seeking":
        return "yes"
    answers: list[parties.Answer | None] = ["yes", "no", "later", None]
    return rng.choices(answers, [56, 16, 13, 15])[0]


def _give_ways(person: Neighbour, numbers: Iterator[int]) -> None:
    """A phone number from a range that rings nowhere, an address at a domain that has no mail."""
    serial = next(numbers)
    if person.reach != "email" or serial % 2:
        mobile = person.online or serial % 3 == 0
        person.phone = phone(f"0655500{serial}" if mobile else f"0305550{serial}").shown
    if person.reach == "email" or (person.reach == "app" and serial % 4):
        name = "".join(
            c for c in fold(person.full_name.replace(" ", ".")) if c.isalnum() or c in "."
        )
        person.email = f"{name}@example.org"
    if person.reach == "paper" and not person.street:
        person.street = f"{person.place or person.area} {serial % 180 + 1}"


def read_names() -> list[dict[str, Any]]:
    """Groups of names, as the file has them."""
    found: list[dict[str, Any]] = read("names")["people"]
    return found
