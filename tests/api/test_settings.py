"""The settings of the service, and the errors for invalid values."""

import json

import pytest

from api import settings


def test_settings_have_defaults():
    """For missing variables and for empty values."""
    defaults = {setting.name: setting.default for setting in settings.SETTINGS}
    assert settings.load({}) == settings.load({"ATTRIBUTION_WORKERS": ""}) == defaults


def test_settings_come_from_the_environment():
    """Numbers and words. Unknown variables are ignored."""
    values = settings.load(
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
def test_an_invalid_value_is_rejected(variable, value, remedy):
    """The message names the setting, the value, and a valid value."""
    with pytest.raises(settings.SettingError) as refusal:
        settings.load({variable: value})
    assert variable in str(refusal.value)
    assert value in str(refusal.value)
    assert remedy in str(refusal.value)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("ATTRIBUTION_WORKER", "ATTRIBUTION_WORKERS"),
        ("ATTRIBUTION_LOGLEVEL", "ATTRIBUTION_LOG_LEVEL"),
        ("ATTRIBUTION_API_KEY", "ATTRIBUTION_API_KEYS"),
        ("ATTRIBUTION_PROXY", "ATTRIBUTION_PROXIES"),
    ],
)
def test_a_misspelt_setting_is_logged_at_the_start(monkeypatch, make_client, log, given, meant):
    """With the likely name, but not with the value, which may be a key. The service still starts."""
    monkeypatch.setenv(given, "secret")
    make_client()
    (line,) = map(json.loads, log.getvalue().splitlines())
    assert (line["level"], line["event"], line["variable"], line["meant"]) == ("warning", "no such setting", given, meant)
    assert "secret" not in log.getvalue()


def test_other_variables_with_the_prefix_are_not_reported():
    """Kubernetes, for example, sets variables named after a service."""
    known = {setting.variable: "1" for setting in settings.SETTINGS}
    others = ("PORT", "SERVICE_HOST", "SERVICE_PORT", "PORT_8000_TCP", "PORT_8000_TCP_ADDR", "PORT_8000_TCP_PROTO")
    assert settings.misspelt({**known, **{f"ATTRIBUTION_{name}": "1" for name in others}, "WORKER": "1"}) == {}


def test_every_setting_says_what_it_is_for():
    """In a sentence."""
    assert all(setting.help.endswith(".") for setting in settings.SETTINGS)
