"""The Dockerfile, compose.yaml and deploy/: each file can be parsed, and agrees with the service that it starts."""

import re
import shlex
from pathlib import Path

import pytest
import yaml

from api import create_app, settings

ROOT = Path(__file__).parents[1]
DEFAULTS = settings.load({})
GRACE = DEFAULTS["TIME_LIMIT"]
"""Seconds for which the service, told to stop, may still read."""


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def compose():
    """The services of compose.yaml."""
    return yaml.safe_load(text("compose.yaml"))["services"]


def unit(key):
    """What the systemd unit says for a key, which may be there several times."""
    return re.findall(rf"^{key}=(.*)$", text("deploy/attribution.service"), re.MULTILINE)


def kubernetes():
    """The Deployment and the Service of the manifest."""
    return list(yaml.safe_load_all(text("deploy/kubernetes.yaml")))


def container():
    """The container that the Deployment runs."""
    return kubernetes()[0]["spec"]["template"]["spec"]["containers"][0]


ENVIRONMENTS = {
    "compose.yaml": lambda: {name: str(value) for name, value in compose()["service"]["environment"].items()},
    "deploy/attribution.service": lambda: dict(word.split("=", 1) for word in shlex.split(" ".join(unit("Environment")))),
    "deploy/kubernetes.yaml": lambda: {each["name"]: each["value"] for each in container()["env"]},
}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_a_file_sets_only_settings_that_there_are(name):
    """And gives each a value that it can have."""
    environment = ENVIRONMENTS[name]()
    assert set(environment) <= {setting.variable for setting in settings.SETTINGS}
    settings.load(environment)


def test_whoever_stops_the_service_waits_until_it_has_answered():
    """Compose, systemd and Kubernetes all give it longer than a reading may take."""
    compose_grace = int(compose()["service"]["stop_grace_period"].removesuffix("s"))
    pod = kubernetes()[0]["spec"]["template"]["spec"]
    assert min(compose_grace, int(unit("TimeoutStopSec")[0]), pod["terminationGracePeriodSeconds"]) > GRACE


def test_nginx_lets_through_what_the_service_reads():
    """The largest stream, and the longest reading."""
    size = int(re.search(r"client_max_body_size (\d+)m;", text("deploy/nginx.conf"))[1])
    seconds = int(re.search(r"proxy_read_timeout (\d+)s;", text("deploy/nginx.conf"))[1])
    assert size * 2**20 >= DEFAULTS["MAX_STREAM_BYTES"]
    assert seconds > DEFAULTS["TIME_LIMIT"]


@pytest.mark.parametrize("probe", ["startupProbe", "readinessProbe", "livenessProbe"])
def test_a_probe_asks_a_route_that_there_is(probe):
    """On the port of the container."""
    asked = container()[probe]["httpGet"]
    assert asked["path"] in {rule.rule for rule in create_app().url_map.iter_rules()}
    assert asked["port"] in {port["name"] for port in container()["ports"]}


def test_the_manifest_finds_its_pods():
    """The labels that are selected are those of the pods, and traffic goes to a port that they have."""
    deployment, service = kubernetes()
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    assert deployment["spec"]["selector"]["matchLabels"] == service["spec"]["selector"] == labels
    assert service["spec"]["ports"][0]["targetPort"] == container()["ports"][0]["name"]


def test_containers_run_without_rights():
    """Read-only, without capabilities, within limits."""
    for each in compose().values():
        assert (each["read_only"], each["cap_drop"]) == (True, ["ALL"])
        assert {"mem_limit", "cpus", "pids_limit"} <= each.keys()
    assert container()["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container()["resources"]["limits"]


def test_the_compose_service_counts_its_limit_in_its_redis():
    """Which has to be healthy before the service starts."""
    storage = compose()["service"]["environment"]["ATTRIBUTION_RATE_LIMIT_STORAGE"]
    assert storage.removeprefix("redis://").split(":")[0] in compose()["service"]["depends_on"]
    assert "healthcheck" in compose()["redis"]


def test_the_image_says_what_it_is_and_whether_it_is_well():
    """Labels, a user without rights, a health check."""
    dockerfile = text("Dockerfile")
    assert re.findall(r"org\.opencontainers\.image\.(\w+)=", dockerfile) == ["title", "description", "licenses"]
    assert "\nUSER attribution\n" in dockerfile
    assert "\nHEALTHCHECK " in dockerfile
