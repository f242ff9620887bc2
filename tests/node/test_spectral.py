"""What spectral says of openapi.yaml: nothing, not even a hint."""

from pathlib import Path

import pytest
import readme

HERE = Path(__file__).parent
CONTRACT = HERE.parents[1] / "openapi.yaml"
LINT = "npx --no-install spectral lint --ruleset spectral.yaml --fail-severity hint"


def test_the_contract_has_nothing_to_be_warned_of():
    """By the rules that it is held to."""
    assert "No results" in readme.run(f"{LINT} {CONTRACT}", HERE)


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        ("operationId: isLive", "operationId: isReady", "operation-operationId-unique"),
        ("paragraph: 0", "paragraph: none", "oas3-valid-media-example"),
        ("#/components/schemas/Health", "#/components/schemas/Wealth", "invalid-ref"),
        ("description: The version of the pipeline.", "x-note: none", "schema-description"),
    ],
)
def test_a_worse_contract_would_be_found_out(tmp_path, right, wrong, rule):
    """The rules are in force."""
    contract, worse = CONTRACT.read_text(encoding="utf-8"), tmp_path / "openapi.yaml"
    assert right in contract
    worse.write_text(contract.replace(right, wrong), encoding="utf-8")
    assert rule in readme.run(f"! {LINT} {worse}", HERE)
