"""Services the tests run on; the cast follows."""

pytest_plugins = ["tests.services", "tests.figures", "tests.cast"]
