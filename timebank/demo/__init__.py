"""The demo: two made-up communities with eighteen months behind them. What others may call."""

from timebank.demo.load import PASSWORD, load

__all__ = ["PASSWORD", "load"]
