# Two stages: what builds stays behind, what runs is small and is nobody's root.
FROM python:3.12-slim-bookworm AS build
# Whatever npm Debian has fetches the same locked files.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
# "s3" for files in a bucket (docs/operations.md).
ARG EXTRAS=
COPY requirements.txt requirements-s3.txt ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes \
    -r "requirements${EXTRAS:+-$EXTRAS}.txt"
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY . .
RUN DJANGO_SETTINGS_MODULE=advocacy.settings.production SECRET_KEY=build-only \
    PUBLIC_URL=https://build.invalid DATABASE_URL=postgresql://build/build \
    REDIS_URL=redis://build/0 /venv/bin/python manage.py collectstatic --noinput

FROM python:3.12-slim-bookworm
# A volume begins with the owner of the directory it stands for.
RUN useradd --system --uid 10001 --no-create-home advocacy \
    && install -d -o 10001 -m 700 /var/lib/advocacy/files
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=advocacy.settings.production
USER 10001
EXPOSE 8000
# Workers, threads and the limits of a request: advocacy/serving.py.
CMD ["gunicorn", "advocacy.wsgi", "--config", "python:advocacy.serving", "--bind", "0.0.0.0:8000", \
     "--worker-tmp-dir", "/dev/shm", "--access-logfile", "-"]
