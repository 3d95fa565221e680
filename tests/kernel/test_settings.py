"""Settings are read once, and all that is wrong is said at once."""

import pytest

from timebank.kernel.settings import BadSettings, misspelled, read

GOOD = {
    "DATABASE_URL": "postgresql://web@db/x",
    "DATABASE_URL_WORK": "postgresql://work@db/x",
    "DATABASE_URL_OWNER": "postgresql://owner:geheim@db/x",
    "PUBLIC_URL": "https://buurt.example.org",
}


def test_good_settings_are_taken() -> None:
    settings = read(GOOD | {"PORT": "8080", "TRUSTED_PROXIES": "10.0.0.1, 10.0.0.2"})
    assert settings.https and settings.port == 8080
    assert settings.trusted_proxies == {"10.0.0.1", "10.0.0.2"}


def test_everything_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(BadSettings) as bad:
        read({"PORT": "eighty", "POOL_SIZE": "0", "PUBLIC_URL": "ftp://x", "SMTP_URL": "http://x"})
    text = str(bad.value)
    for name in ("DATABASE_URL", "DATABASE_URL_WORK", "DATABASE_URL_OWNER", "PORT", "POOL_SIZE",
                 "PUBLIC_URL", "SMTP_URL", "MAIL_FROM"):  # fmt: skip
        assert name in text


@pytest.mark.parametrize(
    "url", ["http://buurt.example.org", "https://x.org/pad", "buurt", "https://"]
)
def test_an_address_that_links_cannot_start_with_is_refused(url: str) -> None:
    with pytest.raises(BadSettings):
        read(GOOD | {"PUBLIC_URL": url})


def test_secrets_stay_out_of_what_is_printed() -> None:
    assert "geheim" not in repr(read(GOOD))


@pytest.mark.parametrize("word", ["p@ss", "p/ss", "p#ss", "p ss", "p?ss"])
def test_a_password_that_cuts_its_address_in_two_is_told_how_to_be_written(word: str) -> None:
    with pytest.raises(BadSettings) as bad:
        read(GOOD | {"DATABASE_URL": f"postgresql://web:{word}@db/x"})
    (said,) = bad.value.problems
    assert said.startswith("DATABASE_URL ") and "%40 for @" in said
    assert word not in said


def test_a_password_with_signs_is_taken_when_they_are_written_so() -> None:
    read(GOOD | {"DATABASE_URL": "postgresql://web:p%40ss%3A%20%2F%25%23@db/x?sslmode=require"})
    read(GOOD | {"DATABASE_URL": "postgresql://web:w@[::1]:5433/een-naam"})
    read(GOOD | {"DATABASE_URL": "postgresql://web:w@/x?host=/var/run/postgresql"})


def test_mail_goes_out_or_into_a_folder_but_not_both() -> None:
    with pytest.raises(BadSettings, match="leave one out"):
        read(GOOD | {"MAIL_DIR": "mail", "SMTP_URL": "smtp://mail", "MAIL_FROM": "buurt@x.org"})


def test_a_setting_that_is_misspelled_is_told_and_what_is_not_ours_is_left_alone() -> None:
    strange = {"PROCESES": "4", "TRUSTED_PROXY": "10.0.0.1", "DATABSE_URL": "x"}
    assert misspelled(GOOD | strange) == [
        "DATABSE_URL is no setting: is DATABASE_URL meant?",
        "PROCESES is no setting: is PROCESSES meant?",
        "TRUSTED_PROXY is no setting: is TRUSTED_PROXIES meant?",
    ]
    others = ("HOSTNAME", "HOSTTYPE", "PATH", "LANG", "PGHOST", "PGPORT", "MAIL", "SMTP_HOST", "PORTS",
              "POSTGRES_PASSWORD", "WEB_PASSWORD", "LOGNAME", "OLDPWD", "PYTHONUNBUFFERED")  # fmt: skip
    assert misspelled(dict.fromkeys(others, "x")) == []
