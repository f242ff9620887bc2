"""What whoever runs the service can set, and what is said to a value that cannot be."""

import pytest

from api import settings


def test_defaults_hold_where_nothing_is_set():
    """An empty environment is a fine one, and so is an empty value."""
    defaults = {setting.name: setting.default for setting in settings.SETTINGS}
    assert settings.read({}) == settings.read({"ATTRIBUTION_WORKERS": ""}) == defaults


def test_the_environment_is_read():
    """Numbers and words, and nothing that we do not know."""
    values = settings.read(
        {
            "ATTRIBUTION_WORKERS": "8",
            "ATTRIBUTION_PROXIES": "0",
            "ATTRIBUTION_LOG_LEVEL": "DEBUG",
            "ATTRIBUTION_MIN_SPEAKER_PROBABILITY": "1",
            "ATTRIBUTION_RATE_LIMIT": " 60 per Minute ",
            "ATTRIBUTION_PORT": "tcp://10.0.0.1:80",
        }
    )
    assert (values["WORKERS"], values["PROXIES"], values["LOG_LEVEL"]) == (8, 0, "debug")
    assert (values["RATE_LIMIT"], values["MIN_SPEAKER_PROBABILITY"]) == ("60 per Minute", 1.0)


@pytest.mark.parametrize(
    ("variable", "value", "remedy"),
    [
        ("ATTRIBUTION_WORKERS", "many", "whole number of at least 1, such as 2"),
        ("ATTRIBUTION_MAX_CHARACTERS", "0", "whole number of at least 1, such as 200000"),
        ("ATTRIBUTION_PROXIES", "-1", "whole number of at least 0, such as 0"),
        ("ATTRIBUTION_MIN_SPEAKER_PROBABILITY", "high", "number from 0 to 1, such as 0.4"),
        ("ATTRIBUTION_MIN_SPEAKER_PROBABILITY", "1.5", "number from 0 to 1, such as 0.4"),
        ("ATTRIBUTION_MIN_SPEAKER_PROBABILITY", "nan", "number from 0 to 1, such as 0.4"),
        ("ATTRIBUTION_LOG_LEVEL", "loud", "one of debug, info, warning, error"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(variable, value, remedy):
    """The message says which setting, which value, and what would do."""
    with pytest.raises(settings.SettingError) as refusal:
        settings.read({variable: value})
    assert variable in str(refusal.value)
    assert value in str(refusal.value)
    assert remedy in str(refusal.value)


def test_every_setting_says_what_it_is_for():
    """`help` is a sentence."""
    assert all(setting.help.endswith(".") for setting in settings.SETTINGS)
