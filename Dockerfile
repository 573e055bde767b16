FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app

COPY requirements/base.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/base.txt

# /data holds papers about people: a volume of its own, outside the web root.
RUN useradd --system --home /app rtr && install -d -o rtr -g rtr /data
COPY --chown=rtr:rtr . .
USER rtr

# This key signs nothing: it dies with the layer.
RUN SECRET_KEY=only-to-collect-static-files python manage.py collectstatic --no-input

EXPOSE 8000
# Threads: a slow download must not hold a page. /dev/shm: the heartbeat never waits for a disk.
CMD ["gunicorn", "rtr.wsgi", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--workers=2", \
     "--threads=8", "--timeout=120", "--worker-tmp-dir=/dev/shm", "--no-control-socket"]
