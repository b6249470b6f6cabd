#!/bin/sh
# Runs once, in a new database volume: the owner migrates, the application serves.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" \
  -v owner_password="$OWNER_PASSWORD" -v app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE advocacy_owner LOGIN PASSWORD :'owner_password' NOSUPERUSER NOBYPASSRLS;
CREATE ROLE advocacy_app LOGIN PASSWORD :'app_password' NOSUPERUSER NOBYPASSRLS;
CREATE DATABASE advocacy OWNER advocacy_owner ENCODING 'UTF8' TEMPLATE template0;
SQL
