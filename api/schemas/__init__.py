"""The JSON that goes out, as marshmallow schemas, which describe it in `openapi.yaml`; the docstrings are in the contract too.

`shape` is the one shape, `verdict` what is said of a claim, `service` what the service says of itself. Unknown fields are
excluded, so that the contract lets clients accept a field that is added later. Nothing is computed, and an answer does not pass
through here on its way out.
"""
