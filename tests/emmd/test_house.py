"""Keeps the house in order: who may import whom, what files may not hold, what must be listed."""

import ast
import itertools
import os
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver

from tests.emmd.addresses import named_patterns
from tests.emmd.public_pages import CLOSED_ADDRESSES, CLOSED_PAGES, FORM_PAGES, MACHINE_ADDRESSES, PUBLIC_PAGES

ROOT = settings.BASE_DIR
FLOOR, ENTRANCE, SHARED_ROOM, ROOF = "publishing", "access", "clusters", "emmd"
ROOMS = ("news", "events", "competition", "properties", "pages")
#: Who may import what of ours. Settings are read through django.conf, so nobody needs the roof.
MAY_IMPORT = {
    FLOOR: {FLOOR},
    ENTRANCE: {FLOOR, ENTRANCE},
    SHARED_ROOM: {FLOOR, SHARED_ROOM},
    **{room: {FLOOR, ENTRANCE, SHARED_ROOM, room} for room in ROOMS},
    ROOF: {FLOOR, ENTRANCE, SHARED_ROOM, *ROOMS, ROOF},
    "demo": {FLOOR, ENTRANCE, SHARED_ROOM, *ROOMS, ROOF, "demo"},
}
STOREYS = tuple(name for name in MAY_IMPORT if (ROOT / name).is_dir())
FORBIDDEN_NAMES = {"utils", "helpers", "services", "managers", "mixins", "core", "common"}
LONGEST_MODULE = 400
NOT_OURS = {".git", ".venv", "var", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis", "node_modules"}
TEXT_FILES = (
    *(".py", ".html", ".css", ".js", ".mjs", ".json", ".toml", ".txt", ".md", ".sh", ".cfg", ".ini", ".yml", ".yaml"),
    *(".svg", ".geojson", ".csv", ".example", ""),
)


def our_files(*suffixes):
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        for name in names:
            path = Path(folder, name)
            if path.suffix in suffixes and path != ROOT / ".env":
                yield path


def label(path):
    return str(path.relative_to(ROOT))


PYTHON_FILES = sorted(our_files(".py"))
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
STYLE_SHEETS = sorted(ROOT.glob("static/css/**/*.css"))


def imported_packages(source, package):
    """First name of everything a module of `package` imports, wherever in the module it does."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            above = package.split(".")[: -(node.level - 1) or None]
            yield above[0] if above else "outside"
        elif isinstance(node, ast.ImportFrom):
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("import_module", "importlib.import_module"):
            yield node.args[0].value.split(".")[0] if isinstance(node.args[0], ast.Constant) else "unknown"


# --- Imports -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("storey", STOREYS)
def test_imports_go_down_only(storey):
    forbidden = {*MAY_IMPORT, "tests", "outside", "unknown"} - MAY_IMPORT[storey]
    modules = [path for path in PYTHON_FILES if path.is_relative_to(ROOT / storey)]
    assert modules
    wrong = {
        (label(path), name)
        for path in modules
        for name in imported_packages(path.read_text(), label(path.parent).replace("/", "."))
        if name in forbidden
    }
    assert wrong == set()


def test_every_app_of_ours_has_its_place_in_the_house():
    own = {config.name for config in apps.get_app_configs() if Path(config.path).parent == ROOT}
    assert own == set(STOREYS)


def test_the_import_reader_sees_every_way_to_import():
    source = """
import a.b
from c.d import e
from . import f
from .. import g
from ... import h
def i():
    from j import k
    import_module("l.m")
    import_module(name)
"""
    assert sorted(imported_packages(source, "room.part")) == ["a", "c", "j", "l", "outside", "room", "room", "unknown"]


def test_no_test_needs_files_outside_the_repository():
    outside = re.compile(r"\.\./" + "shared|/shared" + r"/|parents\[[2-9]\]")
    tests = [path for path in PYTHON_FILES if path.is_relative_to(ROOT / "tests")]
    assert [label(path) for path in tests if path != Path(__file__) and outside.search(path.read_text())] == []


# --- Modules -------------------------------------------------------------------------------------------


def test_no_module_is_longer_than_a_person_reads():
    long = {
        label(path): lines
        for path in PYTHON_FILES
        if not {"migrations", "tests"} & set(path.parts) and (lines := path.read_text().count("\n")) > LONGEST_MODULE
    }
    assert long == {}


def test_no_module_has_a_name_that_says_nothing():
    named = {part.removesuffix(".py") for path in PYTHON_FILES for part in path.relative_to(ROOT).parts}
    assert named & FORBIDDEN_NAMES == set()


def test_the_floor_has_one_abstract_model_and_one_signal_receiver():
    sources = {label(path): path.read_text() for path in PYTHON_FILES if not label(path).startswith("tests")}
    abstract = [name for name, source in sources.items() if re.search(r"^\s+abstract = True", source, re.MULTILINE)]
    assert abstract == ["publishing/models/published.py"]
    receivers = [
        name for name, source in sources.items() if re.search(r"\w\.connect\(|@receiver|django\.dispatch", source)
    ]
    assert receivers == ["publishing/apps.py"]
    assert len(re.findall(r"\w\.connect\((\w+)", sources["publishing/apps.py"])) == 1


@pytest.mark.django_db
def test_migrations_are_complete(capsys):
    call_command("makemigrations", check=True, dry_run=True)
    assert capsys.readouterr().out.strip() == "No changes detected"


# --- Addresses -----------------------------------------------------------------------------------------


def test_every_address_is_promised_to_readers_or_listed_for_machines_or_for_jurors():
    addresses = {name for name, _ in named_patterns(get_resolver()) if not name.startswith("admin:")}
    lists = [page.url_name for page in PUBLIC_PAGES], MACHINE_ADDRESSES, FORM_PAGES, CLOSED_PAGES, CLOSED_ADDRESSES
    for one, other in itertools.combinations(map(set, lists), 2):
        assert one & other == set()
    assert addresses == set().union(*lists)


def test_every_address_below_jury_goes_through_its_door():
    views = {name: view for name, view in named_patterns(get_resolver()) if name.startswith("jury:")}
    assert set(views) == set(CLOSED_ADDRESSES)
    assert [name for name, view in views.items() if not hasattr(view, "when_csrf_fails")] == []


# --- Templates -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=label)
def test_a_template_has_no_inline_style_script_or_handler(path):
    # A tag's attributes as the visitor gets them: conditions may hold words like “one =”.
    source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(), flags=re.DOTALL)
    assert re.findall(r"<[^>]*\sstyle\s*=", source) == []
    assert re.findall(r"<style\b", source) == []
    assert re.findall(r"<[^>]*\son[a-z]+\s*=", source) == []
    assert re.findall(r"javascript:", source, re.IGNORECASE) == []
    scripts = re.findall(r"<script\b([^>]*)>(.*?)</script>", source, re.DOTALL)
    inline = [
        attributes
        for attributes, body in scripts
        if "src=" not in attributes and not re.search(r'type="(application/ld\+json|importmap)"', attributes)
    ]
    assert inline == []
    assert [body for attributes, body in scripts if "src=" in attributes and body.strip()] == []


def default_template_names():
    """What views ask for without being told: error pages, and <app>/<model>_<suffix>.html of class-based views."""
    yield from ("400.html", "403.html", "404.html", "500.html")
    for _, view in named_patterns(get_resolver()):
        view_class = getattr(view, "view_class", None)
        queryset = getattr(view_class, "queryset", None)
        if queryset is not None:
            options = queryset.model._meta
            yield f"{options.app_label}/{options.model_name}{view_class.template_name_suffix}.html"


def test_no_template_is_unused():
    sources = {path: path.read_text() for path in [*PYTHON_FILES, *TEMPLATES] if not label(path).startswith("tests")}
    overridden = [Path(folder) for folder in get_app_template_dirs("templates")]
    names = set(default_template_names())
    unused = []
    for path in TEMPLATES:
        name = str(path.relative_to(ROOT / "templates"))
        is_named = any(f'"{name}"' in source for other, source in sources.items() if other != path)
        is_override = any((folder / name).exists() for folder in overridden)
        if not (is_named or is_override or name in names):
            unused.append(name)
    assert unused == []


# --- Style sheets --------------------------------------------------------------------------------------


def without_comments(css):
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def defined_properties(css):
    return set(re.findall(r"(--[\w-]+)\s*:", css))


@pytest.mark.parametrize("path", STYLE_SHEETS, ids=label)
def test_every_custom_property_used_is_defined(path):
    css = without_comments(path.read_text())
    known = defined_properties(css) | defined_properties((ROOT / "static/css/tokens.css").read_text())
    if path.name.startswith("admin"):
        # These pages load the stock sheets and ours for the whole admin.
        known |= defined_properties((ROOT / "static/css/admin.css").read_text())
        django_admin = Path(apps.get_app_config("admin").path, "static/admin/css")
        known |= {one for sheet in django_admin.glob("*.css") for one in defined_properties(sheet.read_text())}
    assert set(re.findall(r"var\(\s*(--[\w-]+)", css)) - known == set()


@pytest.mark.parametrize(
    "path", [path for path in STYLE_SHEETS if path.name not in ("tokens.css", "admin.css")], ids=label
)
def test_colours_stand_in_the_tokens_only(path):
    values = re.findall(r":\s*([^;{}]+)[;}]", without_comments(path.read_text()))
    literal = re.compile(r"#[0-9a-f]{3,8}\b|\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(", re.IGNORECASE)
    assert [value for value in values if literal.search(value)] == []


def test_the_browser_bar_has_the_colour_of_the_masthead():
    colour = re.search(r"--masthead:\s*(#\w+)", (ROOT / "static/css/tokens.css").read_text())[1]
    assert f'<meta name="theme-color" content="{colour.upper()}">' in (ROOT / "templates/base.html").read_text()


def test_every_style_sheet_and_script_is_used():
    sources = "".join(path.read_text() for path in [*PYTHON_FILES, *TEMPLATES])
    served = [str(path.relative_to(ROOT / "static")) for path in ROOT.glob("static/**/*") if path.is_file()]
    assert [name for name in served if name not in sources] == []


# --- Every file ----------------------------------------------------------------------------------------


def test_no_file_names_a_package_index_or_a_place_on_somebodys_machine():
    # Put together here, so that this file does not hold what it forbids.
    hosts = ("pypi" + ".org", "python" + "hosted.org", "npmjs" + ".org", "jsdelivr" + ".net", "unpkg" + ".com")
    switches = ("--index" + "-url", "--extra-index" + "-url", "--find" + "-links")
    places = ("/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/", "/wo" + "rk/", "C:" + "\\Users")
    found = [
        (label(path), word)
        for path in our_files(*TEXT_FILES)
        for word in (*hosts, *switches, *places)
        if word in path.read_text(errors="replace")
    ]
    assert found == []
