"""Who may do what, in one table. Templates ask the same function for their buttons.

Whether a person may touch *this* record is not decided here: it is loaded through the viewer, or
answers 404. This table says which acts a role has at all.
"""

from collections.abc import Callable

from timebank.kernel.refusals import NotFound
from timebank.web.viewer import Power, Viewer

Rule = Callable[[Viewer], bool]


def member(viewer: Viewer) -> bool:
    """Anybody signed in who takes part."""
    return viewer.state in ("active", "paused", "leaving")


def worker(viewer: Viewer) -> bool:
    """A neighbourhood worker, in their own name."""
    return viewer.is_worker and viewer.acting_for is None


def for_a_member(viewer: Viewer) -> bool:
    """A neighbourhood worker who acts for a member, by phone or at the table."""
    return viewer.is_worker and viewer.acting_for is not None


def admin(viewer: Viewer) -> bool:
    """An admin, in their own name."""
    return viewer.is_admin and viewer.acting_for is None


def staff(viewer: Viewer) -> bool:
    """A worker or an admin."""
    return worker(viewer) or admin(viewer)


POLICY: dict[str, Rule] = {
    "own.see": member,
    "post.write": member,
    "post.see": member,
    "exchange.take_part": member,
    "hours.see_own": member,
    "hours.give": member,
    "voucher.make": member,
    "voucher.redeem": member,
    "voucher.by_number": for_a_member,
    "voucher.print_for": staff,
    "message.write": member,
    "report.make": member,
    "block.set": member,
    "party.see": member,
    "checkin.answer": member,
    "visit.ask": member,
    "worry.tell": member,
    "gathering.see": member,
    "gathering.manage": worker,
    "member.act_for": worker,
    "member.list": staff,
    "member.admit": staff,
    "member.code": staff,
    "member.suspend": admin,
    "contact.write": worker,
    "signal.see": worker,
    "told.read": worker,
    "chance.see": staff,
    "quarter.see": staff,
    "introduction.make": worker,
    "worklist.see": staff,
    "exchange.settle": worker,
    "notice.pass_on": staff,
    "paper.make": worker,
    "area.manage": admin,
    "role.manage": admin,
    "community.manage": admin,
    "post.hide": staff,
    "report.handle": staff,
    "audit.see": admin,
    "hours.correct": staff,
    "hours.exempt": admin,
    "job.see": admin,
    "erasure.ask": admin,
    "erasure.second": staff,
}
"""Act -> rule. An admin has no right to contact notes and signals: there is no line for it."""


OWN_HAND = frozenset(
    {
        "access.change_password", "access.end_session", "access.end_sessions", "access.password",
        "access.sessions", "erasure.ask", "erasure.stay", "home.read",
    }
)  # fmt: skip
"""Routes that nobody opens while acting for another: the way in is a person's own, here it would be the
worker's under the member's name; what a member was told is read by the member; and who wants to be
erased says so to two people."""


HELPER: dict[str, Power] = {
    "home.start": "see",
    "exchanges.mine": "see",
    "exchanges.show": "see",
    "hours.mine": "see",
    "hours.statement": "see",
    "papers.appointment": "see",
    "papers.own_posts": "see",
    "papers.poster": "see",
    "papers.week": "see",
    "posts.list": "see",
    "posts.search": "see",
    "posts.show": "see",
    "parties.neighbour": "see",
    "messages.show_reply": "agree",
    "messages.reply": "agree",
    "messages.write": "agree",
    "exchanges.propose": "agree",
    "exchanges.proposals": "agree",
    "exchanges.agree": "agree",
    "exchanges.show_cancel": "agree",
    "exchanges.cancel": "agree",
    "exchanges.refuse": "agree",
    "exchanges.refusal": "agree",
    "exchanges.show_done": "confirm",
    "exchanges.done": "confirm",
    "exchanges.show_confirm": "confirm",
    "exchanges.confirm": "confirm",
    "exchanges.show_disagree": "confirm",
    "exchanges.disagree": "confirm",
    "exchanges.show_no_show": "confirm",
    "exchanges.no_show": "confirm",
    "exchanges.show_close": "confirm",
    "exchanges.close": "confirm",
    "exchanges.show_repair": "confirm",
    "exchanges.repair": "confirm",
    "posts.new": "post",
    "posts.create": "post",
    "posts.edit": "post",
    "posts.update": "post",
    "posts.pause": "post",
    "posts.resume": "post",
    "posts.renewal": "post",
    "posts.withdrawal": "post",
    "hours.give": "give",
    "hours.transfer": "give",
}
"""Route -> the power a helper needs for it. What is not here is not for a helper: her details, whom she
does not want to meet, what a worker notes or thinks of her, her consents, her helpers, groups, reports,
rest and leaving. "notices" opens no page: it is about what the helper hears."""
AS_ONESELF = frozenset({"access.close", "access.stop_acting"})
"""Ways out for whoever acts for another."""


def may_go(viewer: Viewer | None, route: str) -> bool:
    """Whether this route is for who looks: always in one's own name; for another as the two tables
    above say. What lies behind it is asked there once more."""
    if viewer is None or viewer.acting_for is None or route in AS_ONESELF:
        return True
    powers = viewer.acting_for.powers
    if powers is None:
        return route not in OWN_HAND
    return HELPER.get(route) in powers


def demand_route(viewer: Viewer, route: str) -> None:
    """Raises NotFound when this viewer acts for another and this route is not for that."""
    if not may_go(viewer, route):
        raise NotFound


def may(viewer: Viewer | None, act: str) -> bool:
    """Whether the viewer has this act. An unknown act is a bug (KeyError)."""
    rule = POLICY[act]
    return viewer is not None and rule(viewer)


def demand(viewer: Viewer, act: str) -> None:
    """Raises NotFound when the viewer does not have this act: what one may not do, one may not
    learn of either."""
    if not may(viewer, act):
        raise NotFound
