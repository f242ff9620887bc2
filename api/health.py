"""`GET /health/live` and `GET /health/ready`: for process managers and monitoring."""

from __future__ import annotations

from flask_smorest import Blueprint

from .reader import current_reader
from .schemas.service import HealthSchema

blueprint = Blueprint("health", __name__, description="Is the service running, and can it read articles yet?")


@blueprint.route("/health/live")
@blueprint.doc(operationId="isLive")
@blueprint.response(200, HealthSchema, description="It is alive.", example={"status": "live"})
def live() -> dict[str, str]:
    """Check that the process answers.

    This does not use the pipeline, and answers at once however busy the service is.
    """
    return {"status": "live"}


@blueprint.route("/health/ready")
@blueprint.doc(operationId="isReady")
@blueprint.alt_response(503, "ServiceUnavailable")
@blueprint.response(200, HealthSchema, description="It is ready.", example={"status": "ready"})
def ready() -> dict[str, str]:
    """Check that articles can be read: the trained pipeline is loaded and warm.

    If nothing has been read yet, this reads a paragraph before it answers.
    """
    current_reader().warm_up()
    return {"status": "ready"}
