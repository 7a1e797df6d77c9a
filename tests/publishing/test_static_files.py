import pytest

from publishing.static_files import HashedStaticFiles


@pytest.fixture
def storage(tmp_path):
    return HashedStaticFiles(location=tmp_path, base_url="/static/")


def test_each_file_gets_its_own_hashed_name_again_and_again(storage):
    storage.hashed_files = {"css/tokens.css": "css/tokens.0.css", "css/base.css": "css/base.1.css"}
    for _ in range(2):
        assert storage.url("css/tokens.css") == "/static/css/tokens.0.css"
        assert storage.url("css/base.css") == "/static/css/base.1.css"


def test_a_name_is_looked_up_once(storage):
    storage.hashed_files = {"img/logo.png": "img/logo.0.png"}
    assert storage.url("img/logo.png") == "/static/img/logo.0.png"
    storage.hashed_files = {}
    assert storage.url("img/logo.png") == "/static/img/logo.0.png"
