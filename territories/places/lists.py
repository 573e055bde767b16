"""What is known of a territory from public statistics."""

from pathlib import Path

from rtr.lib.codelists import CodeList

DATA = Path(__file__).resolve().parent.parent / "data"
# `about`: what it counts, and who publishes it; `unit`: %, habitants, ménages, €…
INDICATORS = CodeList(DATA / "context_indicators.csv")
