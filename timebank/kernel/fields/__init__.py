"""The kinds of fields a form can have. Each owns its limits and its sentences."""

from timebank.kernel.fields.amounts import Amount, Duration, Whole
from timebank.kernel.fields.choices import Choice, Choices, Id, Tick
from timebank.kernel.fields.days import Clock, Day, on
from timebank.kernel.fields.inputs import Sent
from timebank.kernel.fields.texts import Email, Exactly, Line, Name, Phone, Words

__all__ = [
    "Amount",
    "Choice",
    "Choices",
    "Clock",
    "Day",
    "Duration",
    "Email",
    "Exactly",
    "Id",
    "Line",
    "Name",
    "Phone",
    "Sent",
    "Tick",
    "Whole",
    "Words",
    "on",
]
