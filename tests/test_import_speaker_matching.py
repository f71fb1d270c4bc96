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
    with pytest.raises(Refused, match="It does not name its publisher."):
        Publishers().of(document(url=url))


def test_merged_publisher_leads_to_what_stands_for_it():
    stands = make.actor("Department of State")
    make.actor("State Dept", merged_into=stands)

    assert Publishers("State Dept").of(document()) == stands


def who(labels: list[str], text: str = "", title: str = "") -> dict[str, str]:
    return {label: named.actor.name for label, named in Speakers().of(labels, title, text).items()}


def why(label: str, text: str) -> str | None:
    named = Speakers().of([label], "", text).get(label)
    return named and named.named_by.value


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
    assert who(["MR. SULLIVAN"], text="Jake Sullivan alone") == {}
    assert who(["JAKE SULLIVAN"], text="John Sullivan") == {"JAKE SULLIVAN": "Jake Sullivan"}


@pytest.mark.parametrize(
    ("label", "text", "reason"),
    [
        ("ILHAM ALIYEV", "Rashad Aliyev", "alias"),
        ("MR. ALIYEV", "President Ilham Aliyev. Then Aliyev left.", "full_name"),
        ("PRESIDENT ALIYEV", "President of the Republic Ilham Aliyev", "full_name"),
        ("PRESIDENT ALIYEV", "President Ilham Aliyev", "office"),
        ("SECRETARY ALIYEV", "Secretary of State Ilham Aliyev", "office"),
        ("MINISTER ALIYEV", "President Ilham Aliyev", None),
        ("MR. ALIYEV", "President Aliyev", None),
        ("MR. ALIYEV", "Ilham Aliyev. Deputy Minister Rashad Aliyev", None),
        ("MR. ALIYEV", "Ilham H. Aliyev is Ilham Aliyev", "full_name"),
        ("MR. ALIYEV", "Ilham Aliyev spoke; when Aliyev left. When Aliyev came", "full_name"),
    ],
)
def test_surname_names_nobody_where_it_may_be_another(label, text, reason):
    make.actor("Ilham Aliyev", kind="person")

    assert why(label, text) == reason


def test_alias_without_a_given_name_names_nobody_beside_another_of_the_surname():
    ActorAlias.objects.create(actor=make.actor("Antony Blinken", kind="person"), name="Secretary Blinken")

    assert why("SECRETARY BLINKEN", "The call.") == "alias"
    assert why("SECRETARY BLINKEN", "Leyla Blinken, analyst, on the call.") is None


def test_alias_without_a_given_name_names_nobody_where_another_of_the_surname_is_known():
    ActorAlias.objects.create(actor=make.actor("Jake Sullivan", kind="person"), name="MR. SULLIVAN")
    make.actor("John Sullivan", kind="person")

    assert why("MR. SULLIVAN", "The call.") is None


def test_every_document_of_a_run_is_read_by_the_same_rule():
    ActorAlias.objects.create(actor=make.actor("Jalina Porter", kind="person"), name="MS PORTER")
    speakers = Speakers()

    named = [speakers.of(["MS PORTER"], "", "Words").keys() for _ in range(3)]

    assert (named, speakers.unknown) == ([{"MS PORTER"}] * 3, {})


def test_label_of_another_first_name_is_not_the_person():
    make.actor("Jake Sullivan", kind="person")

    assert who(["EILEEN SULLIVAN"], text="Jake Sullivan") == {}


def test_labels_nobody_answers_to_are_counted_and_roles_are_not():
    speakers = Speakers()
    for _ in range(2):
        speakers.of(["Q", "MODERATOR", "SENIOR ADMINISTRATION OFFICIAL 2", "MS. PSAKI"], "", "")

    assert speakers.unknown == {"MS. PSAKI": 2}
