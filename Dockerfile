# Two images from one environment: `program` (web, worker, beat, checker) and `backup` (the same, beside pg_dump).
# docker-compose.yml builds both; docs/hosting.md tells how to use them.

FROM debian:trixie-slim AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
RUN python3 -m venv /opt/alveole
ENV PATH=/opt/alveole/bin:$PATH
WORKDIR /app
COPY requirements.lock requirements-s3.lock ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes \
    --requirement requirements.lock --requirement requirements-s3.lock
COPY . .
# Translations and static files are made once, here: the services share no folder of the program.
RUN DJANGO_SETTINGS_MODULE=cae.settings.image STATIC_DIR=/app/built/static python manage.py prepare --files-only \
    && python -m compileall -q /app

FROM debian:trixie-slim AS program
# Pango draws the PDF files; their fonts are in the repository, and these serve what they lack.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        python3 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home alveole && install -d -o alveole /data
COPY --from=build /opt/alveole /opt/alveole
COPY --from=build /app /app
ENV PATH=/opt/alveole/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=cae.settings.production \
    STATIC_DIR=/app/built/static ALVEOLE_STATE=/data FILES_DIR=/data/files
WORKDIR /app
USER alveole
VOLUME /data
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "cae.wsgi", "--bind", "0.0.0.0:8000"]

# pg_dump must not be older than the server: this image and the service « database » say the same number.
FROM postgres:18-trixie AS backup
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home alveole && install -d -o alveole /data /backups
COPY --from=build /opt/alveole /opt/alveole
COPY --from=build /app /app
ENV PATH=/opt/alveole/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=cae.settings.production \
    STATIC_DIR=/app/built/static ALVEOLE_STATE=/data FILES_DIR=/data/files
WORKDIR /app
USER alveole
VOLUME ["/data", "/backups"]
ENTRYPOINT []
CMD ["python", "manage.py", "nightly_backup", "/backups"]
