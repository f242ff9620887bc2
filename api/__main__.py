"""The service as a program: `python -m attribution.service`, in a clone `python -m api`, followed by gunicorn's options.

It imports the library before it starts gunicorn, because gunicorn looks for modules in the current folder first. In a clone, that
folder holds another `attribution`, which has no service.
"""

from gunicorn.app.wsgiapp import run

import attribution  # noqa: F401

if __name__ == "__main__":
    run(prog="gunicorn")
