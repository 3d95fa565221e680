# The website, the worker and the other commands of `timebank`: one image. See docs/operations.md.
FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=/app
RUN useradd --system --uid 10001 --no-create-home timebank
WORKDIR /app
COPY deploy/requirements.lock deploy/
RUN pip install --no-cache-dir --require-hashes -r deploy/requirements.lock
COPY deploy/healthy.py deploy/
COPY sql sql
COPY templates templates
COPY timebank timebank
RUN python -m compileall -q timebank
USER timebank
ENTRYPOINT ["python", "-m", "timebank.cli"]
CMD ["--help"]
