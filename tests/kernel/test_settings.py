"""Settings are read once, and all that is wrong is said at once."""

import pytest

from timebank.kernel.settings import BadSettings, read

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
