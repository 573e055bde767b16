from concurrent.futures import ThreadPoolExecutor

from rtr.lib.secrets import local_secret_key


def test_key_is_made_once_and_kept_private(tmp_path):
    folder = tmp_path / ".local"

    key = local_secret_key(folder)

    assert len(key) >= 64
    assert local_secret_key(folder) == key
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o711
    assert local_secret_key(tmp_path / "other") != key


def test_commands_that_start_together_agree_on_the_key(tmp_path):
    with ThreadPoolExecutor(20) as pool:
        keys = set(pool.map(local_secret_key, [tmp_path / ".local"] * 20))

    assert len(keys) == 1
    assert [path.name for path in (tmp_path / ".local").iterdir()] == ["secret_key"]
