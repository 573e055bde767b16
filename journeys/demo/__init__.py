"""Demonstration data: invented people whose journeys obey every rule, around today."""

from journeys.demo.filling import fill

__all__ = ["fill"]
