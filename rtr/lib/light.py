"""Files as browsers receive them: what is written for readers of the code stays with us."""

import re

from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = re.compile(r"js/[\w-]+\.js")
# A comment at the head of a file; lines that are a comment and nothing else.
HEAD, LINE = re.compile(r"\A/\*.*?\*/\s*", re.DOTALL), re.compile(r"^[ \t]*//.*\n", re.MULTILINE)


def without_comments(script: str) -> str:
    """The same script, whose lines of code are untouched."""
    return LINE.sub("", HEAD.sub("", script))


class LightStorage(CompressedManifestStaticFilesStorage):
    """Our scripts are lightened once gathered, before they are named after what they hold."""

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            for name in filter(OURS.fullmatch, paths):
                with self.open(name) as file:
                    text = file.read().decode()
                with open(self.path(name), "w", encoding="utf-8") as file:
                    file.write(without_comments(text))
        yield from super().post_process(paths, dry_run, **options)
