"""`GET /v1/model`: which trained pipeline the service runs, and which values the options accept."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask_smorest import Blueprint

from attribution.data import KINDS, Model
from attribution.options import OPTIONS

from . import examples
from .reader import current_reader
from .schemas.service import ModelInfoSchema

CHOICES = {name: option.choices for name, option in OPTIONS.items() if option.choices}

blueprint = Blueprint("model", __name__, description="Identify the trained pipeline.")


def model_info(model: Model) -> dict[str, Any]:
    """The answer for a pipeline."""
    return {**asdict(model), "options": CHOICES, "kinds": KINDS}


@blueprint.route("/v1/model")
@blueprint.doc(operationId="getModel")
@blueprint.alt_response(503, "ServiceUnavailable")
@blueprint.response(200, ModelInfoSchema, description="The pipeline.", example=model_info(examples.ARTICLE.model))
def get_model() -> dict[str, Any]:
    """Get the name of the trained pipeline, and the values that the options accept.

    Compare only answers of the same pipeline: store its name and version with them.
    """
    return model_info(current_reader().model())
