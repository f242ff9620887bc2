"""`GET /health/live` and `GET /health/ready`: for process managers and monitoring."""

from __future__ import annotations

from flask_smorest import Blueprint

from .reader import current_reader
from .schemas.service import HealthSchema

blueprint = Blueprint("health", __name__, description="Is the service there, and can it read articles yet?")


@blueprint.route("/health/live")
@blueprint.doc(operationId="isLive")
@blueprint.response(200, HealthSchema, description="It is alive.", example={"status": "live"})
def live() -> dict[str, str]:
    """Say that the process answers.

    It asks nothing of the pipeline, and is answered at once however much is being read.
    """
    return {"status": "live"}


@blueprint.route("/health/ready")
@blueprint.doc(operationId="isReady")
@blueprint.alt_response(503, "ServiceUnavailable")
@blueprint.response(200, HealthSchema, description="It is ready.", example={"status": "ready"})
def ready() -> dict[str, str]:
    """Say that articles can be read: the trained pipeline is loaded and warm.

    Where nothing has been read yet, this reads a paragraph before it answers.
    """
    current_reader().warm_up()
    return {"status": "ready"}
