"""The command `timebank`: what an operator types. Each command has --help and an example."""

import asyncio
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import IO, Any, TypeVar

import click

from timebank import bench as bench_of
from timebank import deciding, operate, processes, starting, troubles
from timebank import demo as demo_town
from timebank import trial as trial_of
from timebank.kernel import clock, migrate
from timebank.kernel.embedded import WEB
from timebank.kernel.embedded_files import CannotStart
from timebank.kernel.refusals import Refusal
from timebank.kernel.settings import BadSettings, Settings, misspelled
from timebank.processes import SERVING
from timebank.server import DATA, database
from timebank.web.serve import CannotListen, listen

T = TypeVar("T")
WORKING = ("database_url_work", "public_url")
OWNING = ("database_url_owner",)
DEMO_PASSWORD = demo_town.PASSWORD


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run to the end, on a loop of its own."""
    return asyncio.run(coroutine)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cli() -> None:
    """Tijd voor elkaar: neighbours exchange hours, and nobody is left out.

    Without DATABASE_URL the embedded PostgreSQL is used, with its data in .data/.
    """
    for line in misspelled(os.environ):
        click.echo(line, err=True)


@cli.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--data", default=DATA, type=click.Path(path_type=Path), help="Folder of the data.")
def demo(port: int, data: Path) -> None:
    """Start with a made-up town on http://127.0.0.1:8000. Ctrl-C stops it; a next start goes on.

    Example: timebank demo --port 8080
    """
    listen("127.0.0.1", port).close()  # said before a town is made, which takes a while
    with database(
        click.echo, data=data, port=port, host="127.0.0.1", demo=True,
        public_url=f"http://127.0.0.1:{port}", hosts=frozenset({f"localhost:{port}"}),
        mail_dir=data / "mail",
    ) as settings:  # fmt: skip
        run(operate.prepare_demo(settings, say=click.echo))
        processes.serve(
            settings, with_worker=True, on_ready=lambda port: _greet(settings, port, demo=True)
        )


@cli.command()
def serve() -> None:
    """Serve the website. Settings come from the environment, see README.

    Example: DATABASE_URL=postgresql://timebank_web@db/timebank PUBLIC_URL=https://… timebank serve
    """
    with database(click.echo, needs=SERVING) as settings:
        run(starting.demand_role(settings.database_url, WEB))
        run(starting.demand_clock(settings.database_url, now=clock.now()))
        run(starting.refuse_demo(settings))
        run(starting.demand_current_schema(settings.database_url, say=click.echo))
        processes.serve(settings, on_ready=lambda port: _greet(settings, port, demo=False))


@cli.command()
@click.option(
    "--heartbeat", type=click.Path(path_type=Path, dir_okay=False),
    help="File to touch after each round, for whoever watches over this process.",
)  # fmt: skip
def work(heartbeat: Path | None) -> None:
    """Do the work in the background: mail, reminders, seals. Run one or more beside `serve`.

    Example: timebank work
    """
    if heartbeat and not os.access(heartbeat.parent, os.W_OK):
        raise click.UsageError(f"No file can be made in the folder {heartbeat.parent}.")
    with database(click.echo, needs=WORKING) as settings:
        run(processes.work(settings, heartbeat))


@cli.command("migrate")
@click.option("--create-roles", is_flag=True, help="Make the database roles, or print how.")
def migrate_command(create_roles: bool) -> None:
    """Bring the database up to date. May run while the site is in use, and more than once.

    With --create-roles and the address of a role that may make roles (a superuser), only the five
    roles are made, and what comes next is said; the owner then migrates. deploy/database.sh does
    all that comes before in one go.

    Example: timebank migrate --create-roles
    """
    with database(click.echo, needs=OWNING) as settings:
        if create_roles and not run(starting.create_roles(settings, say=click.echo)):
            return
        run(starting.demand_owner(settings.database_url_owner))
        done = run(migrate.migrate(settings.database_url_owner, say=click.echo))
        click.echo(f"The schema is current ({len(done)} migrations ran).")


@cli.command()
def check() -> None:
    """Check the books and everything else that must always hold. Not 0 when something does not.

    Example: timebank check
    """
    with database(click.echo, needs=OWNING) as settings:
        offences = run(operate.check(settings, say=click.echo))
        click.echo("All is well." if not offences else f"{offences} rows should not be there.")
        sys.exit(1 if offences else 0)


@cli.command("create-community")
@click.argument("slug")
@click.argument("name")
@click.option("--hue", default=168, type=click.IntRange(0, 359), help="Colour, 0 to 359.")
@click.option(
    "--neighbourhood",
    multiple=True,
    required=True,
    help="Name of a neighbourhood; may be repeated.",
)
def create_community(slug: str, name: str, hue: int, neighbourhood: tuple[str, ...]) -> None:
    """Make a community with one or more neighbourhoods. SLUG is its short name in addresses and
    never changes.

    Example: timebank create-community zuid "Utrecht-Zuid" --neighbourhood Rivierenwijk
    """
    with database(click.echo, needs=OWNING) as settings:
        run(operate.create_community(settings, slug, name, hue, neighbourhood))
        click.echo(f"{name} is at {settings.public_url}/{slug}")


@cli.command("create-admin")
@click.argument("slug")
@click.option("--name", help="Full name of a new member who becomes admin.")
@click.option("--email", help="Their e-mail address.")
@click.option("--member", help="Or: number of a member who becomes admin.")
def create_admin(slug: str, name: str | None, email: str | None, member: str | None) -> None:
    """Make somebody admin of community SLUG, and print the code to sign in with.

    This is also the way back when the last admin is gone.

    Example: timebank create-admin zuid --name "Samira Bouali" --email samira@example.org
    """
    if (name is None) == (member is None):
        raise click.UsageError("Give --name for a new person, or --member for an existing one.")
    with database(click.echo, needs=SERVING) as settings:
        number, code = run(operate.create_admin(settings, slug, name, email, member))
        click.echo(f"Number {number}. Sign in for the first time with code {code}")
        click.echo(f"at {settings.public_url}/{slug}/code (valid for 7 days).")


@cli.command()
def reindex() -> None:
    """Make the search words of all posts anew, after a change of the word rules.

    Example: timebank reindex
    """
    with database(click.echo, needs=("database_url_work",)) as settings:
        run(operate.reindex(settings))


@cli.command("erase-again")
@click.argument("file", type=click.File("r", encoding="utf-8"))
def erase_again(file: IO[str]) -> None:
    """After a restore: erase again who was erased since the backup was made. FILE holds what the
    manual (docs/operations.md, "Back up") lets you keep of them: ids, no names. Not 0 when
    somebody cannot go yet.

    Example: timebank erase-again erased.txt
    """
    with database(click.echo, needs=("database_url_work",)) as settings:
        kept = run(operate.erase_again(settings, file.readlines(), say=click.echo))
        sys.exit(1 if kept else 0)


@cli.command()
@click.option(
    "--scale", default="full", show_default=True, type=click.Choice(list(bench_of.SCALES))
)
@click.option(
    "--only", multiple=True, type=click.Choice(bench_of.PARTS),
    help="Measure this part alone; may be repeated. Small leaves out the signals unless asked.",
)  # fmt: skip
def bench(scale: str, only: tuple[bench_of.Part, ...]) -> None:
    """Measure what is promised, one line a figure: name value unit reference ratio target ok|short.

    Works in a database of its own that is thrown away. Full takes a while and some gigabytes.

    Example: timebank bench --scale small --only signals
    """
    met = bench_of.run(
        bench_of.SCALES[scale], show=click.echo, say=lambda line: click.echo(line, err=True),
        only=only,
    )  # fmt: skip
    sys.exit(0 if met else 1)


@cli.command()
@click.argument("slug")
@click.option("--version", type=int, help="Which points; without, all there are.")
@click.option("--by", help="Number of the admin who decides. Without, nothing changes.")
def points(slug: str, version: int | None, by: str | None) -> None:
    """Show the points of the signal, what other ones would change in community SLUG, and go over to them.

    A replay judges everybody by both, and says how many members would come and go. Who decides must
    be an admin there, and is kept with the decision.

    Example: timebank points zuid --version 2 --by 100001
    """
    if by is not None and version is None:
        raise click.UsageError("Give --version too.")
    with database(click.echo, needs=("database_url_work",)) as settings:
        run(deciding.points(settings, slug, version, by, now=clock.now(), say=click.echo))


@cli.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--week", required=True, type=click.IntRange(0, 5000), help="The last week, from 0.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path, writable=True),
    help="File for the answer.",
)  # fmt: skip
def trial(folder: Path, week: int, out: Path) -> None:
    """Try the signal on a simulated neighbourhood: the real tables, the real run, week by week.

    FOLDER has members.csv, and what else there is to say. Who signed in when is not looked at.

    \b
    members.csv    member_id joined_week area x y age_band lang channel kind
                   (metres; app or phone; member, staff or org)
    exchanges.csv  giver receiver week hours recorded_week (-1: never written down)
    requests.csv   request_id member_id week answered_week (-1: never)
    groups.csv     event_id week member_id
    checkins.csv   member_id week talks wants_more (0 to 3; 1 yes, 0 no, -1 does not know)
    pauses.csv     member_id from_week to_week (-1: not back)

    OUT gets member_id,score,lane,reasons of every member the rule may look at, the highest score
    first. Lanes: A asks herself, B seeks and does not find, C has not started yet, D is silent,
    - none of these. What was written down after the week does not exist.

    With DATABASE_URL_OWNER the trial works in that database, which must be empty, and stays there;
    without, in one of its own that is thrown away.

    Example: timebank trial world --week 99 --out flags.csv
    """
    if not out.parent.is_dir():
        raise click.UsageError(f"There is no folder {out.parent}.")
    trial_of.ready(out)
    trial_of.read(folder)  # what is wrong with the files is said before a server starts

    def say(line: str) -> None:
        click.echo(line, err=True)

    with trial_of.database(say) as settings:
        work = trial_of.run(settings, folder, week, out, say=say)
        count = run(trial_of.until_stopped(work))
    click.echo(f"{count} members were judged; see {out}.")


def _greet(settings: Settings, port: int, *, demo: bool) -> None:
    if not demo:
        click.echo(f"The website answers at {settings.host}, port {port}. Ctrl-C stops it.")
        return
    click.echo(f"\nTijd voor elkaar staat klaar op {settings.public_url}")
    click.echo("Inloggen: kies iemand op de inlogpagina van de proefbuurt.")
    click.echo(f"Het wachtwoord is voor iedereen: {DEMO_PASSWORD}")
    click.echo("Stoppen: Ctrl-C.\n")


def main() -> None:
    """Entry point: what goes wrong is one plain line, not a stack of calls."""
    try:
        cli()
    except BadSettings as bad:
        click.echo("These settings cannot be used:\n- " + "\n- ".join(bad.problems), err=True)
        sys.exit(2)
    except (
        CannotStart, CannotListen, migrate.SchemaTrouble, starting.Stopped, trial_of.BadWorld,
    ) as trouble:  # fmt: skip
        click.echo(str(trouble), err=True)
        sys.exit(1)
    except Refusal as refusal:
        click.echo(refusal.sentence, err=True)
        sys.exit(1)
    except troubles.KINDS as trouble:
        click.echo(troubles.line(trouble), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
