import pytest

from tests.access.people import PASSWORD, make_person
from tests.publishing.portal_processes import portal_processes


@pytest.mark.django_db(transaction=True)
def test_wrong_passwords_count_across_all_processes_of_the_portal(tmp_path):
    make_person()
    with portal_processes(2, tmp_path) as processes:
        for number in range(5):
            answer = processes[number % 2].do("log_in", name="erika", password="falsch")
            assert "Name und Passwort passen nicht zusammen" in answer["text"]
        for process in processes:
            answer = process.do("log_in", name="erika", password=PASSWORD)
            assert answer["status"] == 200
            assert "Zu viele Versuche" in answer["text"]
