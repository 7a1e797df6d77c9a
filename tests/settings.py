"""The portal's own settings, as a test needs them: own folders, plain static files, cheap passwords."""

import atexit
import os
import shutil
import tempfile

os.environ["ENVIRONMENT"] = "development"
os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 40
os.environ["DEBUG"] = "off"
os.environ["SITE_URL"] = "https://portal.example"
os.environ["ALLOWED_HOSTS"] = "portal.example"
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")
os.environ["PAGE_CACHE"] = "on"
os.environ["MAP_TILE_URL"] = ""
os.environ |= dict.fromkeys((f"ENFORCEMENT_BODY_{one}" for one in ("NAME", "ADDRESS", "EMAIL", "WEBSITE")), "")
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-test-")

from emmd.settings import *  # noqa: F403

atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)
if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # noqa: F405
    # What a test writes need not survive a power failure.
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"  # noqa: F405
ALLOWED_HOSTS += ["testserver", "localhost"]  # noqa: F405
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING["root"]["level"] = "ERROR"  # noqa: F405
