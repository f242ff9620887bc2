"""`GET /v1/model`: which trained pipeline answers here, and which words its options know."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask_smorest import Blueprint

from attribution.data import ACTS, KINDS, TYPES
from attribution.options import CONTEXTS, LANGUAGES, PARTS, UNITS

from . import examples
from .reader import current_reader
from .schemas.service import ModelInfoSchema

OPTIONS = {"types": TYPES, "acts": ACTS, "context": CONTEXTS, "offset_unit": UNITS, "include": PARTS, "language": LANGUAGES}

blueprint = Blueprint("model", __name__, description="Which trained pipeline answers.")


def info(name: str, version: str) -> dict[str, Any]:
    """What is answered of a pipeline."""
    return {"name": name, "version": version, "options": OPTIONS, "kinds": KINDS}


@blueprint.route("/v1/model")
@blueprint.doc(operationId="getModel")
@blueprint.alt_response(503, "ServiceUnavailable")
@blueprint.response(200, ModelInfoSchema, description="The pipeline.", example=info(**asdict(examples.ARTICLE.model)))
def get_model() -> dict[str, Any]:
    """Say which trained pipeline answers, and which words its options know.

    Answers of the same pipeline can be compared; keep its name and version with what you store.
    """
    return info(**asdict(current_reader().model()))
