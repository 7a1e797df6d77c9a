#!/usr/bin/env bash
# The whole suite: SQLite always, PostgreSQL and Chromium where they are. REQUIRE_ALL=1 fails where one is missing.
set -u
cd "$(dirname "$0")/.."
BIN=${BIN:-.venv/bin}
REQUIRE_ALL=${REQUIRE_ALL:-0}
TEST_POSTGRES_URL=${TEST_POSTGRES_URL:-postgres:///postgres}
skipped=()
failed=0

run() {
  echo "=== $1"
  shift
  "$@" || failed=1
}

# Six processes read the same tests: compiled once, not by each anew.
unset PYTHONDONTWRITEBYTECODE

has_postgresql=0
if "$BIN/python" -c "import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=3).close()" \
  "${TEST_POSTGRES_URL/#postgres:/postgresql:}" 2>/dev/null; then
  has_postgresql=1
  # Its migrations run while those of SQLite keep the other core busy.
  env TEST_DATABASE_URL="$TEST_POSTGRES_URL" DJANGO_SETTINGS_MODULE=tests.settings "$BIN/python" -m tests.migrated &
fi

# One process a core; the tests of a module share their rows and stay together.
in_parallel=(-q -n "${WORKERS:-2}" --dist loadfile)

run "SQLite" env TEST_DATABASE_URL= "$BIN/pytest" "${in_parallel[@]}" --ignore tests/browser -m "not postgresql" "$@"

CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
export CHROMIUM
if [ -n "$CHROMIUM" ]; then
  run "Browser" env TEST_DATABASE_URL= "$BIN/pytest" "${in_parallel[@]}" --dist worksteal tests/browser "$@"
else
  skipped+=("the browser tests: no Chromium found (Debian: apt-get install chromium)")
fi

if [ $has_postgresql = 1 ]; then
  wait
  # What asks no database, what none decides, and the pages in the browser are the same on both: once is enough.
  run "PostgreSQL" env TEST_DATABASE_URL="$TEST_POSTGRES_URL" \
    "$BIN/pytest" "${in_parallel[@]}" --database-only --ignore tests/browser "$@"
else
  skipped+=("PostgreSQL: nothing answers at TEST_POSTGRES_URL=$TEST_POSTGRES_URL")
fi

for reason in ${skipped[@]+"${skipped[@]}"}; do
  echo "skipped: $reason"
  [ "$REQUIRE_ALL" = 1 ] && failed=1
done
exit $failed
