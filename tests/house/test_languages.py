"""Every language on offer is complete, and says the same things in the same places."""

import re

import pytest
from babel.messages.catalog import Message

from tests.house.catalogue import catalogue, sentences
from timebank.kernel.i18n import NAMES, SOURCE

OTHERS = [code for code in NAMES if code != SOURCE]
PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[sd]")
TAG = re.compile(r"</?[a-z]+[^>]*>")


@pytest.fixture(scope="module")
def all_sentences() -> list[Message]:
    return [message for message in sentences() if message.id]


def strings(message: Message, of: str) -> list[str]:
    value = message.id if of == "id" else message.string
    return [value] if isinstance(value, str) else list(value)


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_is_translated(code: str, all_sentences: list[Message]) -> None:
    known = catalogue(code)
    missing = []
    for message in all_sentences:
        found = known.get(message.id, context=message.context)
        if found is None or found.fuzzy or not all(strings(found, "string")):
            missing.append(message.id)
    assert not missing


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_has_the_same_placeholders_and_tags(
    code: str, all_sentences: list[Message]
) -> None:
    known = catalogue(code)
    wrong = []
    for message in all_sentences:
        found = known.get(message.id, context=message.context)
        if found is None or not found.string:
            continue
        source = strings(message, "id")[-1]
        for text in strings(found, "string"):
            same = set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(source))
            whole = isinstance(message.id, tuple) or set(PLACEHOLDER.findall(text)) == set(
                PLACEHOLDER.findall(source)
            )
            if not (same and whole) or sorted(TAG.findall(text)) != sorted(TAG.findall(source)):
                wrong.append((source, text))
    assert not wrong


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_holds_nothing_that_nobody_says(
    code: str, all_sentences: list[Message]
) -> None:
    said = {(message.context, str(message.id)) for message in all_sentences}
    left = [m.id for m in catalogue(code) if m.id and (m.context, str(m.id)) not in said]
    assert not left


def test_dutch_is_plain(all_sentences: list[Message]) -> None:
    """At most 20 words a sentence, no officialese, no shame (ux: words)."""
    forbidden = re.compile(
        r"\b(schuld|tekort|rood staan|hulpbehoevend|inactief|afgewezen|ongeldig|verplicht|oeps|"
        r"match|profiel|account|saldo|transactie|klik hier|verzenden|indien|middels|dient te)\b",
        re.I,
    )
    wrong = []
    for message in all_sentences:
        for text in strings(message, "id"):
            plain = PLACEHOLDER.sub("x", text)
            for sentence in re.split(r"(?<=[.?!])\s", plain):
                if len(sentence.split()) > 20:
                    wrong.append(f"too long: {sentence}")
            if found := forbidden.search(plain):
                wrong.append(f"{found[0]}: {text}")
    assert not wrong
