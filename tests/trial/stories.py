"""A small neighbourhood whose lives are known, as the files of a trial."""

from pathlib import Path

WEEK = 60
HEADS = {
    "members": "member_id,joined_week,area,x,y,age_band,lang,channel,kind",
    "exchanges": "giver,receiver,week,hours,recorded_week",
    "requests": "request_id,member_id,week,answered_week",
    "groups": "event_id,week,member_id",
    "checkins": "member_id,week,talks,wants_more",
    "pauses": "member_id,from_week,to_week",
    "logins": "member_id,week",
}
BUSY, SEEKS, ASKS, NEW, SILENT, AWAY, TOO_NEW, STAFF, ORG, GROUP, LATE, HELPED, BACK = range(1, 14)
FRIENDS = range(20, 24)
Rows = dict[str, list[str]]


def story() -> Rows:
    """What each file says, line by line."""
    joined = {NEW: WEEK - 10, TOO_NEW: WEEK - 3}
    kinds = {STAFF: "staff", ORG: "org"}
    everybody = [*range(1, 14), *FRIENDS]
    meetings = [
        f"{giver},{receiver},{week},{hours},{written}"
        for giver, receiver, week, hours, written in [
            *((friend, BUSY, WEEK - n, 1.5, WEEK - n) for n, friend in enumerate(FRIENDS)),
            *((FRIENDS[0], other, WEEK - 2, 1, WEEK - 2) for other in FRIENDS[1:]),
            (20, LATE, WEEK - 8, 2, WEEK - 4), (21, LATE, WEEK - 7, 2, WEEK + 1),
            (22, LATE, WEEK - 6, 2, -1), (STAFF, HELPED, WEEK - 5, 1, WEEK - 5),
            (ORG, HELPED, WEEK - 4, 1, WEEK - 4), (HELPED, HELPED, WEEK - 1, 1, WEEK - 1),
        ]
    ]  # fmt: skip
    return {
        "members": [
            f"{m},{joined.get(m, -20)},{m % 2},{m * 40.5},-12.0,5,nl,{'phone' if m % 3 else 'app'},"
            f"{kinds.get(m, 'member')}" for m in everybody
        ],
        "exchanges": meetings,
        "requests": [
            f"1,{SEEKS},{WEEK - 10},-1", f"2,{SEEKS},{WEEK - 8},{WEEK + 1}",
            f"3,{GROUP},{WEEK - 10},-1", f"4,{GROUP},{WEEK - 9},-1",
            f"5,{SILENT},{WEEK - 12},{WEEK - 11}", f"6,{SEEKS},{WEEK + 2},-1",
        ],
        "groups": [f"7,{WEEK - 12},{GROUP}", f"7,{WEEK - 2},{GROUP}", f"7,{WEEK - 2},{ORG}",
                   f"8,{WEEK + 1},{SEEKS}"],
        "checkins": [f"{ASKS},{WEEK - 20},3,0", f"{ASKS},{WEEK - 1},1,1",
                     f"{SILENT},{WEEK + 1},0,1"],
        "pauses": [f"{AWAY},{WEEK - 30},{WEEK - 10}", f"{AWAY},{WEEK - 12},-1",
                   f"{BACK},{WEEK - 20},{WEEK - 5}"],
        "logins": [f"{SEEKS},{week}" for week in range(WEEK)],
    }  # fmt: skip


def known_by(week: int, rows: Rows) -> Rows:
    """Only what was written down by then, and nothing of who signed in."""
    column = {"exchanges": 4, "requests": 2, "groups": 1, "checkins": 1, "pauses": 1}
    found = {"members": rows["members"]}
    for name, at in column.items():
        found[name] = [line for line in rows[name] if int(line.split(",")[at]) <= week]
    found["requests"] = [
        line if int(line.rsplit(",", 1)[1]) <= week else line.rsplit(",", 1)[0] + ",-1"
        for line in found["requests"]
    ]
    return found


def write(folder: Path, rows: Rows) -> Path:
    """As files in a folder; the folder."""
    folder.mkdir(exist_ok=True)
    for name, lines in rows.items():
        (folder / f"{name}.csv").write_text("\n".join([HEADS[name], *lines]) + "\n", "utf-8")
    return folder
