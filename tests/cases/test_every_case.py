"""What went wrong elsewhere, and is possible here by now: each case has a test that bears its name."""

import ast
from pathlib import Path

TESTS = Path(__file__).parent.parent
CASES = """
    d1 twice or a minute later        d2 a double click, Enter held down   d3 two helpers, one need
    l1 at a limit and back again      l2 hours as people type them         l3 the partner leaves
    l4 two bookings in one second     l5 closing without hours
    n1 names nobody can read          n2 a new name in old lines           n3 surnames in order
    f1 postcodes                      f2 the Dutch ij                      f3 phone numbers
    h1 a couple with one address      h4 a parent's powers end at eighteen
    s1 looking at a link              s2 numbers as people write them      s3 a changed password
    s4 two hundred guesses            s5 two tabs                          s6 a text outlives its session
    t1 ten o'clock stays ten          t2 past midnight                     t4 the last day is in it
    p1 a block works everywhere       p2 no trace of who reported          p5 the last admin
    b1 back, forward, reload          b2 an empty form, mended             b3 signing out in the library
    a1 odd words searched for         a2 exactly the limit                 a3 wrong leads to its field
    a4 each field left out
    w1 a worker's deeds are no tie    w2 paper counts, signing in does not  w3 the old worker sees nothing
    w4 a desk nobody opens            w5 her only two neighbours left
    o1 columns change meanwhile       o2 all start at once                 o4 behind a proxy
"""

PRIVACY = """
    r1 no yes, no row                 r2 a yes taken back erases           r3 each look is written first
    r4 no name beside a signal leaves r5 twenty at most on a list          r6 terms are kept
    r7 evidence, and words from it    r8 nothing happens by itself         r9 points change by a decision
    r10 no sign-in, age or language   r11 not in copies for development    r12 minors never
    r13 a report each quarter         r14 emergency numbers on the page
"""
"""Rules of attention for members; each has a test that bears its number as well."""


def test_every_case_has_a_test_that_bears_its_name() -> None:
    named: set[str] = set()
    for file in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                named |= set(node.name.split("_"))
    cases = {word for word in CASES.split() if len(word) == 2 and word[1].isdigit()}
    assert len(cases) == 43
    assert cases - named == set()
    assert {f"r{number}" for number in range(1, 15)} - named == set(), PRIVACY
