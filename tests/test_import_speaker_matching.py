import pytest

from tests import make
from timeline.imports.briefings.document import Document, Refused
from timeline.imports.briefings.publishers import Publishers
from timeline.imports.briefings.speaker_matching import Speakers
from timeline.models import Actor, ActorAlias

pytestmark = pytest.mark.django_db


def document(**said) -> Document:
    return Document("f.md", "T", "Words", **said)


def test_publisher_is_the_one_chosen_by_name_alias_or_slug():
    actor = make.actor("State Department", slug="state")
    ActorAlias.objects.create(actor=actor, name="Foggy Bottom")

    for name in ("STATE DEPARTMENT", "foggy bottom", "state"):
        assert Publishers(name).of(document(publisher="Other")) == actor


def test_publisher_is_named_by_the_document_or_known_by_its_address():
    house, state = make.actor("The White House"), make.actor("Department of State")
    publishers = Publishers()

    assert publishers.of(document(publisher="the white house", url="https://www.state.gov/x")) == house
    assert publishers.of(document(url="https://2001-2009.state.gov/x")) == state
    assert publishers.of(document(url="https://bidenwhitehouse.archives.gov/x")) == house


def test_publisher_nobody_knows_is_made_once_and_not_yet_saved():
    publishers = Publishers()
    made = publishers.of(document(publisher="MFA of Zembla"))

    assert (made.pk, made.name, made.slug, made.kind) == (None, "MFA of Zembla", "mfa-of-zembla", "organisation")
    assert publishers.of(document(publisher="MFA of Zembla")) is made
    assert Actor.objects.filter(name="MFA of Zembla").count() == 0


def test_publisher_close_to_a_known_one_is_offered_not_merged():
    make.actor("State Department")

    with pytest.raises(Refused) as caught:
        Publishers("Staet Department")

    assert str(caught.value) == (
        "There is no actor “Staet Department”. Is it “State Department”? Then give it this name as an alias; else make "
        "the actor first."
    )


@pytest.mark.parametrize("url", ["", "https://notstate.gov.example/", "https://example.org/"])
def test_document_without_publisher_is_refused(url):
    with pytest.raises(Refused, match="It does not say who published it."):
        Publishers().of(document(url=url))


def test_merged_publisher_leads_to_what_stands_for_it():
    stands = make.actor("Department of State")
    make.actor("State Dept", merged_into=stands)

    assert Publishers("State Dept").of(document()) == stands


def who(labels: list[str], text: str = "", title: str = "") -> dict[str, str]:
    return {label: actor.name for label, actor in Speakers().of(labels, title, text).items()}


def test_label_is_a_name_or_an_alias():
    actor = make.actor("Foreign Minister of Zembla", kind="office")
    ActorAlias.objects.create(actor=actor, name="FM ZOTOV")

    assert who(["FM ZOTOV", "FOREIGN MINISTER OF ZEMBLA"]) == {
        "FM ZOTOV": "Foreign Minister of Zembla",
        "FOREIGN MINISTER OF ZEMBLA": "Foreign Minister of Zembla",
    }


def test_surname_counts_where_the_document_gives_the_full_name():
    make.actor("Karine Jean-Pierre", kind="person")

    assert who(["MS. JEAN-PIERRE"], title="Briefing by Karine Jean-Pierre") == {"MS. JEAN-PIERRE": "Karine Jean-Pierre"}
    assert who(["MS. JEAN-PIERRE"], text="Words") == {}
    assert who(["PIERRE"], text="Karine Jean-Pierre") == {"PIERRE": "Karine Jean-Pierre"}


def test_surname_of_two_persons_names_neither():
    make.actor("Jake Sullivan", kind="person"), make.actor("John Sullivan", kind="person")

    assert who(["MR. SULLIVAN"], text="Jake Sullivan and John Sullivan") == {}
    assert who(["MR. SULLIVAN"], text="Jake Sullivan alone") == {"MR. SULLIVAN": "Jake Sullivan"}


def test_label_of_another_first_name_is_not_the_person():
    make.actor("Jake Sullivan", kind="person")

    assert who(["EILEEN SULLIVAN"], text="Jake Sullivan") == {}


def test_labels_nobody_answers_to_are_counted_and_roles_are_not():
    speakers = Speakers()
    for _ in range(2):
        speakers.of(["Q", "MODERATOR", "SENIOR ADMINISTRATION OFFICIAL 2", "MS. PSAKI"], "", "")

    assert speakers.unknown == {"MS. PSAKI": 2}
