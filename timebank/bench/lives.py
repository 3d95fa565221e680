"""The lives in a simulated neighbourhood, week by week, and what a platform sees of them.

Whether somebody is isolated comes first and of itself; what she then does follows from it, and what is
written down of that is never all.
"""

from random import Random

from timebank.bench.worlds import (
    BURN_IN,
    ISOLATED_WEEKS,
    LEVELS,
    ORGANISATIONS,
    STAFF,
    Level,
    Person,
    Town,
    settle,
)

GROWS_ISOLATED = {True: 0.0003, False: 0.005}
"""The chance in a week, for who has a rich life outside and who has not; half as much again over 75."""
RECOVERS = 0.014
SEEKS = 0.45
"""Of isolated people, who looks for contact; the others stay silent."""
LEANS = {"one": 0.13, "staff": 0.10}
"""Of isolated people, who sees one person only, or a worker only."""
STILL = 0.3
"""What is left of taking part when somebody is isolated."""
NOTICED = 0.25
"""How often others still think of somebody who is isolated."""
MISSING = {"app": 0.06, "phone": 0.12}
LATE = {"app": 0.2, "phone": 0.5}
LATE_WEEKS = 2.5
"""What is never written down of an exchange, and what is written down later."""
ANSWERS_CHECKIN = {"app": 0.17, "phone": 0.14}


class Simulation:
    """Lives of some members over some weeks. `busy` is how lively it is beside a busy place."""

    def __init__(self, seed: int, level: Level, members: int, weeks: int) -> None:
        self.rng = Random(seed)
        self.weeks = weeks
        self.busy = LEVELS[level] / LEVELS["busy"]
        self.town = Town(settle(self.rng, members, weeks))
        self.members = self.town.people[:members]
        self.staff = range(members, members + STAFF)
        self.workplaces = range(members, members + STAFF + ORGANISATIONS)
        self.rate = 0.0
        self._set_rate(LEVELS[level] / 52)

    def _set_rate(self, wanted: float) -> None:
        """So that all together make as many exchanges as wanted, for each member in a week."""
        mean = sum(p.energy for p in self.members) / len(self.members)
        self.rate = wanted / (0.93 * mean) * 0.95

    def run(self) -> Town:
        """Live all weeks; the truth is that of the last one."""
        for week in range(-BURN_IN, self.weeks):
            for person in self.members:
                if week >= person.joined:
                    self._week(person, week)
        long_ago = self.weeks - 1 - ISOLATED_WEEKS
        self.town.isolated = frozenset(
            p.id for p in self.members if p.since is not None and p.since <= long_ago
        )
        return self.town

    def _week(self, person: Person, week: int) -> None:
        self._fares(person, week)
        if self._is_away(person, week):
            return
        alone = person.since is not None
        self._signs_in(person, week, alone)
        self._meets(person, week, alone)
        self._asks(person, week, alone)
        here = person.company if not alone else min(person.company, 0.006)
        if self.rng.random() < here:
            self.town.groups.append((person.area * 2 + person.id % 2, week, person.id))
        if week >= 0 and (week + person.id) % 13 == 0:
            self._is_asked(person, week, alone)

    def _fares(self, person: Person, week: int) -> None:
        """Life outside: it comes over people, and most come out of it again."""
        rng = self.rng
        if person.since is not None:
            if rng.random() < RECOVERS:
                person.since, person.seeks, person.leans = None, False, ""
            return
        hazard = GROWS_ISOLATED[person.rich_outside] * (1.5 if person.age_band == 8 else 1.0)
        if week == max(person.joined, -BURN_IN):
            hazard *= 25  # some join because they are alone
        if rng.random() < hazard:
            person.since = week
            person.seeks = rng.random() < SEEKS
            chance = rng.random()
            if chance < LEANS["one"] + LEANS["staff"]:
                person.leans = "one" if chance < LEANS["one"] else "staff"

    def _is_away(self, person: Person, week: int) -> bool:
        """On a journey, in hospital, with the children; half of them say so."""
        if week <= person.away_until:
            return True
        if self.rng.random() < 0.0015:
            person.away_until = week + self.rng.randrange(3, 20)
            if self.rng.random() < 0.5:
                self.town.pauses.append((person.id, week, person.away_until))
            return True
        return False

    def _signs_in(self, person: Person, week: int, alone: bool) -> None:
        chance = 0.02
        if person.channel == "app":
            chance = 0.12 if person.energy == 0 else 0.45
            if alone and not person.seeks:
                chance *= 0.6
        if self.rng.random() < chance:
            self.town.logins.append((person.id, week))

    def _meets(self, person: Person, week: int, alone: bool) -> None:
        rng = self.rng
        if alone and person.leans == "one" and person.friends and rng.random() < 0.22 * self.busy:
            self._exchange(person, person.friends[0], week)
        elif alone and person.leans == "staff" and rng.random() < 0.13 * self.busy**0.5:
            self._exchange(person, rng.choice(self.staff), week)
        elif person.helps_staff and not alone and rng.random() < 0.13 * self.busy**0.5:
            self._exchange(person, rng.choice(self.workplaces), week)
        elif rng.random() < self.rate * person.energy * (STILL if alone else 1.0):
            steady = person.partner >= 0 and rng.random() < 0.92
            other = person.partner if steady else self._somebody(person)
            self._exchange(person, other, week)

    def _somebody(self, person: Person) -> int:
        """Mostly somebody they know, now and then somebody new; who is isolated is seldom asked."""
        rng = self.rng
        for _try in range(3):
            knows = person.friends and rng.random() < 0.85
            other = rng.choice(person.friends if knows else rng.choice(self.members).friends)
            if self.members[other].since is None or rng.random() < NOTICED:
                return other
        return person.id

    def _exchange(self, person: Person, other: int, week: int) -> None:
        """Most is written down, some of it late, more so by phone."""
        rng = self.rng
        if other == person.id or rng.random() < MISSING[person.channel]:
            return
        late = 0
        if rng.random() < LATE[person.channel]:
            late = int(rng.expovariate(1 / LATE_WEEKS))
        hours = round(max(0.25, rng.gammavariate(2.0, 1.3)), 2)
        one, two = (person.id, other) if rng.random() < 0.5 else (other, person.id)
        self.town.exchanges.append((one, two, week, hours, week + late))

    def _asks(self, person: Person, week: int, alone: bool) -> None:
        """People ask in public; who is known gets an answer more often, and where more is going on."""
        rng = self.rng
        seeks = alone and person.seeks
        yearly = 4.0 * self.busy**0.5 if seeks else 0.75 * person.energy * self.busy
        if alone and not seeks:
            yearly *= 0.2
        if person.channel == "phone":
            yearly *= 0.8
        if rng.random() >= yearly / 52:
            return
        answered = rng.random() < (0.28 if alone else 0.62 + 0.12 * self.busy)
        wait = int(rng.expovariate(1 / 1.5))
        number = len(self.town.requests)
        self.town.requests.append((number, person.id, week, week + wait if answered else -1))
        if answered and rng.random() < 0.4:
            self._exchange(person, self._somebody(person), min(week + wait, self.weeks - 1))

    def _is_asked(self, person: Person, week: int, alone: bool) -> None:
        """Once a quarter; few answer, and not always as it is."""
        rng = self.rng
        willing = ANSWERS_CHECKIN[person.channel] * (1.0 if person.energy else 0.4)
        if alone and person.seeks:
            willing *= 1.3
        if rng.random() >= willing:
            return
        talks = rng.choices(range(4), [44, 29, 18, 9] if alone else [9, 16, 37, 38])[0]
        wants = rng.choices([1, 0, -1], [60, 20, 20] if alone else [20, 58, 22])[0]
        self.town.checkins.append((person.id, week, talks, wants))


def live(seed: int, level: Level, *, members: int = 2000, weeks: int = 100) -> Town:
    """A neighbourhood after so many weeks: the same seed gives the same one."""
    return Simulation(seed, level, members, weeks).run()
