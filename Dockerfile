FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY requirements-build.lock requirements.lock ./
RUN python -m venv /opt/build && /opt/build/bin/pip install --require-hashes --requirement requirements-build.lock
RUN python -m venv /opt/attribution && /opt/attribution/bin/pip install --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY api api
COPY attribution attribution
COPY seeds seeds
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
    && /opt/attribution/bin/pip install --no-deps /wheels/*.whl

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="Quote Attribution" \
      org.opencontainers.image.description="Every quotation in an English news article, and who said it: an HTTP service." \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --no-create-home --uid 1000 attribution
COPY --from=build /opt/attribution /opt/attribution
ENV PATH=/opt/attribution/bin:$PATH PYTHONUNBUFFERED=1
USER attribution
WORKDIR /tmp
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
CMD ["attribution", "serve", "--host", "0.0.0.0"]
