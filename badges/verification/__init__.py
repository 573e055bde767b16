"""Is this badge genuine? Ours, or anybody's, as a file, a text or a link.

`checking.verify` gives a Report, whatever it is given; `actions.import_foreign` keeps a stranger's
badge in its holder's wallet; `public` is the page for anybody.
"""

from badges.verification.checking import verify
from badges.verification.refusals import Verdict
from badges.verification.report import Check, Report

__all__ = ["Check", "Report", "Verdict", "verify"]
