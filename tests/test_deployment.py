"""What is deployed stays in step with what the settings read."""

import ast
import os
import re
import subprocess
import sys

import pytest
import yaml
from django.conf import settings

REQUIRED = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "EMAIL_URL"}
SERVED = ["web", "worker", "beat", "migrate"]


def read(name: str) -> str:
    return (settings.BASE_DIR / name).read_text()


def names_read_by_settings() -> set[str]:
    """The first argument of each `env(…)`, `env.bool(…)`, `env.list(…)`…"""
    calls = (node for node in ast.walk(ast.parse(read("rtr/settings.py"))) if is_env_call(node))
    return {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}


def is_env_call(node) -> bool:
    if not isinstance(node, ast.Call) or not node.args:
        return False
    function = node.func.value if isinstance(node.func, ast.Attribute) else node.func
    return isinstance(function, ast.Name) and function.id == "env"


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(read("docker-compose.yml"))


@pytest.mark.parametrize("service", SERVED)
def test_compose_gives_all_that_is_required_and_nothing_unknown(compose, service):
    given = set(compose["services"][service]["environment"])

    assert given <= names_read_by_settings()
    assert given >= REQUIRED


def test_every_variable_is_documented_and_no_other():
    rows = re.findall(r"^\| `([A-Z_]+)` \|", read("docs/operations.md"), re.MULTILINE)

    assert set(rows) == names_read_by_settings()


def test_every_variable_compose_asks_for_is_documented():
    asked = set(re.findall(r"\$\{([A-Z_]+)", read("docker-compose.yml")))

    assert {name for name in asked if f"`{name}`" not in read("docs/operations.md")} == set()


def test_compose_runs_both_queues_and_the_clock(compose):
    commands = {name: " ".join(compose["services"][name]["command"]) for name in SERVED[1:]}

    assert "fast,slow" in commands["worker"]
    assert " beat " in commands["beat"]


def production(**changes: str) -> dict[str, str]:
    """The environment compose gives, with plausible values."""
    service = yaml.safe_load(read("docker-compose.yml"))["services"]["web"]
    values = {
        "SECRET_KEY": "a5f0c7d19b3e48f6a2c4e6081b3d5f7990817263544536271809fedcba",
        "SITE_URL": "https://rtr.exemple.fr",
        "ALLOWED_HOSTS": "rtr.exemple.fr",
        "EMAIL_URL": "smtp+tls://rtr:secret@mail.exemple.fr:587",
        "SMS_PROVIDER": "file",
    }

    def value(match):
        return values.get(match[1], "exemple")

    given = {k: re.sub(r"\$\{(\w+)[^}]*\}", value, v) for k, v in service["environment"].items()}
    return {"PATH": os.environ["PATH"]} | given | changes


def check(environment: dict[str, str]) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )


def test_compose_passes_the_deployment_checks():
    assert check(production()).returncode == 0

    control = check(production(SITE_URL="http://rtr.exemple.fr"))
    assert "SECURE_HSTS_SECONDS" in control.stderr


def test_production_without_a_secret_key_does_not_start():
    environment = production()
    del environment["SECRET_KEY"]

    refused = check(environment)

    assert refused.returncode != 0
    assert "SECRET_KEY manque" in refused.stderr


def test_image_runs_as_a_plain_user_on_the_hashed_lock():
    dockerfile = read("Dockerfile")

    assert "--require-hashes -r requirements/base.txt" in dockerfile
    assert dockerfile.index("USER rtr") < dockerfile.index("collectstatic")
    for name in ("base", "dev"):
        lock = read(f"requirements/{name}.txt")
        assert lock.count("==") <= lock.count("--hash=sha256:")
        assert "://" not in lock


def test_secrets_stay_out_of_the_image_and_of_the_repository():
    for name in (".dockerignore", ".gitignore"):
        ignored = {line.strip("/") for line in read(name).splitlines()}
        assert {".env", ".local"} <= ignored
