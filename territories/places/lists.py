"""What is known of a territory from public statistics, and what makes a place easy to use."""

from pathlib import Path

from rtr.lib.codelists import CodeList

DATA = Path(__file__).resolve().parent.parent / "data"
# `about`: what it counts, and who publishes it; `unit`: %, habitants, ménages, €…
INDICATORS = CodeList(DATA / "context_indicators.csv")
# What a place offers to who moves, hears, sees or rests in another way; `word`: said in a list.
ACCESSIBILITY = CodeList(DATA / "accessibility.csv")
