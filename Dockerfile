# The image of web, worker, beat and checker: one environment, from the locked list, without any test or laptop part.
FROM python:3.13-slim-trixie

RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 ALVEOLE_STATE=/data FILES_DIR=/data/files DJANGO_SETTINGS_MODULE=cae.settings.production
WORKDIR /app

COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.lock

COPY . .
# Translations are compiled once, here: the services share no folder of the program.
RUN DJANGO_SETTINGS_MODULE=cae.settings.local \
    python -c "from cae.core.catalogues import compile_catalogues; compile_catalogues()" \
    && useradd --system --uid 10001 alveole && install -d -o alveole /data

USER alveole
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "cae.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--preload"]
